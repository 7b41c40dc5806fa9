package org.cairndns.kubernetes.source;

import org.cairndns.kubernetes.ObjectKind;

/**
 * An object of a manifest that DNS is made of.
 *
 * @param namespace empty for a Namespace
 */
record ManifestObject(ObjectKind kind, String namespace, String name, Projected projected) {}
