package org.cairndns.kubernetes.source;

/** A reader of the events on one kind of object in the API's binary encoding. */
final class ProtoWatchEvents {
    private final ProtoMessage message;
    private final Projection projection;

    ProtoWatchEvents(ProtoMessage message, Projection projection) {
        this.message = message;
        this.projection = projection;
    }

    /**
     * Reads one event.
     *
     * @throws MalformedBodyException when it is none
     */
    WatchEvent read(byte[] octets, int offset, int length) {
        String type = "";
        int from = 0;
        int objectLength = 0;
        ProtoReader event = new ProtoReader(ProtoMessage.WATCH_EVENT, octets, offset, length);
        for (String field = event.nextField(); field != null; field = event.nextField()) {
            switch (field) {
                case "type" -> type = event.text();
                case "object" -> {
                    if (event.enterObject() && event.nextField() != null) {
                        from = event.from();
                        objectLength = event.length();
                        event.nextField();
                    }
                }
                default -> event.skip();
            }
        }
        ProtoMessage of = type.equals("ERROR") ? ProtoMessage.STATUS : message;
        return WatchEvent.of(type, ProtoEnvelope.open(octets, from, objectLength, of), projection);
    }
}
