package org.cairndns.server.node;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/**
 * The message by which the kernel is asked to add an address to a network device, and its answer (rtnetlink(7), netlink(7)).
 *
 * <pre>
 *   nlmsghdr   length 4, type 2, flags 2, sequence 4, port 4
 *   ifaddrmsg  family 1, prefix length 1, flags 1, scope 1, index of the device 4
 *   rtattr     length 2, type 2, the address; twice: IFA_LOCAL, IFA_ADDRESS
 * </pre>
 */
final class AddressMessage {
    private static final int HEADER_OCTETS = 16;
    private static final int ADDRESS_HEADER_OCTETS = 8;
    private static final int ATTRIBUTE_HEADER_OCTETS = 4;
    private static final short NLMSG_ERROR = 2;
    private static final short RTM_NEWADDR = 20;

    /** NLM_F_REQUEST, NLM_F_ACK, NLM_F_REPLACE, NLM_F_CREATE: an address that is there already is no error. */
    private static final short FLAGS = 0x1 | 0x4 | 0x100 | 0x400;

    private static final short IFA_ADDRESS = 1;
    private static final short IFA_LOCAL = 2;
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;

    private AddressMessage() {}

    /** The octets of the request to add an address by itself, without a network around it. */
    static byte[] request(InetAddress address, int deviceIndex, int sequence) {
        byte[] octets = address.getAddress();
        int length = HEADER_OCTETS + ADDRESS_HEADER_OCTETS + 2 * (ATTRIBUTE_HEADER_OCTETS + octets.length);
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        message.putInt(length)
                .putShort(RTM_NEWADDR)
                .putShort(FLAGS)
                .putInt(sequence)
                .putInt(0);
        message.put(octets.length == 4 ? AF_INET : AF_INET6).put((byte) (octets.length * 8));
        message.put((byte) 0).put((byte) 0).putInt(deviceIndex);
        for (short type : new short[] {IFA_LOCAL, IFA_ADDRESS}) {
            message.putShort((short) (ATTRIBUTE_HEADER_OCTETS + octets.length))
                    .putShort(type)
                    .put(octets);
        }
        return message.array();
    }

    /** The error number in an answer, 0 for success; empty if the message is no answer to the request. */
    static OptionalInt error(byte[] octets, int sequence) {
        ByteBuffer message = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
        boolean answer = octets.length >= HEADER_OCTETS + Integer.BYTES
                && message.getShort(4) == NLMSG_ERROR
                && message.getInt(8) == sequence;
        return answer ? OptionalInt.of(-message.getInt(HEADER_OCTETS)) : OptionalInt.empty();
    }
}
