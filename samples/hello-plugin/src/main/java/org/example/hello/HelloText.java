package org.example.hello;

/**
 * What the plugin answers.
 *
 * @param ttlSeconds 0..86400
 */
record HelloText(String text, int ttlSeconds) {}
