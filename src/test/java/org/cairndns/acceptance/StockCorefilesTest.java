package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Corefiles of the distributions, unchanged, in a network and file system of their own.
 *
 * <p>Port 53, {@code /etc/resolv.conf}, {@code /etc/coredns} and the service account are where a pod has them, which needs
 * root and {@code unshare}. {@link StockCorefilesRun} does the work in there.
 */
class StockCorefilesTest {
    /** Makes loopback, {@code /etc} and {@code /run} the test's own, then becomes the command behind {@code --}. */
    private static final String ENTER = """
            set -eu
            work=$1
            shift 2
            ip link set lo up
            for address in 169.254.20.10 10.152.183.10 10.152.183.20; do ip addr add $address/32 dev lo; done
            mkdir "$work/etc"
            mount -t tmpfs tmpfs "$work/etc"
            cp -a /etc/. "$work/etc"
            mount --bind "$work/etc" /etc
            rm -f /etc/resolv.conf
            echo 'nameserver 127.0.0.2' >/etc/resolv.conf
            mkdir -p /etc/coredns/custom
            mount -t tmpfs tmpfs /run
            mkdir -p /run/secrets/kubernetes.io/serviceaccount
            exec "$@"
            """;

    private static final List<String> UNSHARE =
            List.of("unshare", "--net", "--mount", "--propagation", "private", "--");

    @TempDir
    Path work;

    @Test
    void stockCorefiles_againstApiWithChanges_answerWhatTheApiSays() throws Exception {
        assumeTrue(
                ApiServerProcess.assets().isPresent(), "KUBEBUILDER_ASSETS names no kube-apiserver and etcd: skipped");
        assumeTrue(canUnshare(), "no right to make a network namespace with 'unshare' and 'ip': skipped");
        List<String> command = new ArrayList<>(UNSHARE);
        command.addAll(List.of("sh", "-c", ENTER, "enter", work.toString(), "--"));
        command.addAll(List.of(ServerProcess.java(), "--enable-native-access=ALL-UNNAMED", "-cp"));
        command.addAll(List.of(ServerProcess.classPath(), StockCorefilesRun.class.getName(), work.toString()));
        Path log = work.resolve("run.log");

        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = run.waitFor(8, TimeUnit.MINUTES);
        run.destroyForcibly();

        String text = Files.readString(log, StandardCharsets.UTF_8);
        System.out.println(text);
        assertThat(ended).as("ended in time: %s", text).isTrue();
        assertThat(run.exitValue()).as(text).isZero();
    }

    private static boolean canUnshare() throws InterruptedException {
        List<String> command = new ArrayList<>(UNSHARE);
        command.addAll(List.of("ip", "link", "set", "lo", "up"));
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
