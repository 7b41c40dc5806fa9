package org.cairndns.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** That it gives an address is seen in a network of its own, where the manifests of the node cache are tested. */
class NodeAddressCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node-1 | ADDRESS: expected an IP address, got 'node-1'",
                "169.254.20.10 --device cairn0 | --device: there is no network device 'cairn0'",
                "'' | Missing required parameter: 'ADDRESS'",
                "169.254.20.10 --zurgel | Unknown option: '--zurgel'",
            })
    void call_wrongCommandLine_saysWhatWasExpected(String arguments, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLine command = new CommandLine(
                        new NodeAddressCommand(new PrintStream(out, true, StandardCharsets.UTF_8)))
                .setErr(new PrintWriter(out, true, StandardCharsets.UTF_8));

        assertThat(command.execute(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(message);
    }

    /** As {@code ip address replace 169.254.20.10/32 dev lo} sends it, on machines with the low octet first. */
    @Test
    void request_ipv4_isAWholeAddressByItself() {
        if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
            return;
        }
        byte[] message = AddressMessage.request(InetAddress.ofLiteral("169.254.20.10"), 1, 7);

        assertThat(HexFormat.of().formatHex(message))
                .isEqualTo("28000000" + "1400" + "0505" + "07000000" + "00000000" + "02200000" + "01000000"
                        + "08000200a9fe140a" + "08000100a9fe140a");
    }

    @Test
    void request_ipv6_has128Bits() {
        byte[] message = AddressMessage.request(InetAddress.ofLiteral("fd00::10"), 3, 1);

        assertThat(message).hasSize(16 + 8 + 2 * 20);
        assertThat(message[16]).isEqualTo((byte) 10);
        assertThat(message[17] & 0xff).isEqualTo(128);
    }

    @Test
    void error_ofTheAnswer_isThatOfTheKernel() {
        assertThat(AddressMessage.error(answer(2, 7, -17), 7)).hasValue(17);
        assertThat(AddressMessage.error(answer(2, 7, 0), 7)).hasValue(0);
        assertThat(AddressMessage.error(answer(2, 8, 0), 7))
                .as("another request's")
                .isEmpty();
        assertThat(AddressMessage.error(answer(20, 7, 0), 7)).as("a notice").isEmpty();
        assertThat(AddressMessage.error(new byte[5], 7)).isEmpty();
    }

    private static byte[] answer(int type, int sequence, int error) {
        return ByteBuffer.allocate(36)
                .order(ByteOrder.nativeOrder())
                .putInt(36)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(sequence)
                .putInt(0)
                .putInt(error)
                .array();
    }
}
