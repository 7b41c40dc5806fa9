package org.cairndns.plugin.spi;

/**
 * A plugin that does not come with the server: it also knows its place in the chain.
 *
 * <p>A jar in the plugins folder names its classes in {@code META-INF/services/org.cairndns.plugin.spi.PlacedPlugin}. Each
 * has a public constructor without parameters and is made once per process; {@link #setup} is called for each server
 * block with the directive, and again at each reload.
 */
public interface PlacedPlugin extends Plugin {
    /** Constant. */
    Place place();
}
