package org.cairndns.server;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals: TERM drains, INT ends, USR1 reloads, HUP is ignored. A second TERM ends the wait, an INT after either all.
 *
 * <p>The JDK's only door to USR1 is {@code sun.misc.Signal}, which is reached by reflection so that the code compiles
 * without warnings and runs, less gracefully, where it is missing.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    static void install(RunningServer server, CountDownLatch ended) {
        AtomicBoolean ending = new AtomicBoolean();
        handle("TERM", () -> {
            if (ending.getAndSet(true)) {
                server.hurry();
                return;
            }
            LOG.info("SIGTERM: Shutting down servers then terminating");
            end(server::drain, ended);
        });
        handle("INT", () -> {
            if (ending.getAndSet(true)) {
                Runtime.getRuntime().halt(2);
            }
            LOG.info("SIGINT: Shutting down");
            end(server::close, ended);
        });
        handle("USR1", server::reload);
        handle("HUP", () -> LOG.debug("HUP ignored"));
    }

    /** The process ends even if stopping fails: who sent the signal waits for that. */
    private static void end(Runnable stop, CountDownLatch ended) {
        try {
            stop.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("not all could be stopped in order", e);
        } finally {
            ended.countDown();
        }
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, args) -> {
                        if (method.getName().equals("handle")) {
                            Thread.ofPlatform().name("signal-" + name).start(action);
                        }
                        return method.getName().equals("hashCode") ? (Object) name.hashCode() : null;
                    });
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            LOG.debug("signal {} is left to the JVM: {}", name, e.toString());
        }
    }
}
