package org.cairndns.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands out one {@link Homelab} that all tests of the run share, as a parameter of their methods.
 *
 * <p>Tests that change objects do so in a namespace of their own. Where there can be no pods, the class is skipped.
 */
final class SharedHomelab implements BeforeAllCallback, ParameterResolver {
    /** The homelab, which the store closes with the run. */
    private record Shared(Homelab homelab) implements AutoCloseable {
        static Shared start() {
            try {
                return new Shared(Homelab.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (RuntimeException e) {
                // Among them the skip.
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            homelab.close();
        }
    }

    private static Homelab homelab(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedHomelab.class))
                .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
                .homelab();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        homelab(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Homelab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return homelab(context);
    }
}
