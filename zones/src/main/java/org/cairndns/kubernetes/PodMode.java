package org.cairndns.kubernetes;

/** Which names of the form {@code 10-1-0-5.NAMESPACE.pod} exist. */
public enum PodMode {
    /** None. */
    DISABLED,
    /** Those of every address, in every namespace that exists. */
    INSECURE,
    /** Those of pods of that namespace that have the address. */
    VERIFIED
}
