package org.cairndns.corefile;

/**
 * A place in a Corefile or in a file it imports.
 *
 * @param file the main file's name as given, or the absolute path of an imported file
 * @param line from 1
 * @param column from 1, counted in code points; a tab counts as one
 */
public record Position(String file, int line, int column) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
