/** The {@code root} directive: says where relative paths of its server block start. */
package org.cairndns.plugin.root;
