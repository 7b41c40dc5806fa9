/** Plugins from outside: jars in a folder, found when the process starts. */
@NullMarked
package org.cairndns.server.plugins;

import org.jspecify.annotations.NullMarked;
