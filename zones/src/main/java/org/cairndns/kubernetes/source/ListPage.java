package org.cairndns.kubernetes.source;

/**
 * What a page of a list says besides its objects.
 *
 * @param resourceVersion from which a watch goes on
 * @param continueToken asks for the next page, empty on the last one
 */
record ListPage(String resourceVersion, String continueToken) {
    /** A page that says nothing. */
    static final ListPage NONE = new ListPage("", "");

    /** Reads the metadata of a list, in which the reader stands. */
    static ListPage read(FieldReader reader) {
        String resourceVersion = "";
        String continueToken = "";
        for (String field = reader.nextField(); field != null; field = reader.nextField()) {
            switch (field) {
                case "resourceVersion" -> resourceVersion = reader.text();
                case "continue" -> continueToken = reader.text();
                default -> reader.skip();
            }
        }
        return new ListPage(resourceVersion, continueToken);
    }

    /**
     * This page, if it is that of an object of the kind of lists.
     *
     * @throws MalformedBodyException when it is no list
     */
    ListPage of(String kind) {
        if (!kind.endsWith("List") || resourceVersion.isEmpty()) {
            throw new MalformedBodyException("not a list with a version but '" + kind + "'");
        }
        return this;
    }
}
