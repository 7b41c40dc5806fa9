package org.cairndns.kubernetes.source;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** A reader of YAML text, document by document; aliases and merge keys are resolved. */
final class YamlDocuments {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new ManifestScalars())
            .setCodePointLimit(Integer.MAX_VALUE)
            .setAllowNonScalarKeys(true)
            .build();

    private YamlDocuments() {}

    /**
     * Hands each document to the sink as soon as it is read.
     *
     * @throws ManifestException when the text is no YAML; documents before that place were handed over
     */
    static void read(String text, DocumentSink sink) throws ManifestException {
        try {
            StreamReader reader = new StreamReader(SETTINGS, text);
            Composer composer = new Composer(SETTINGS, new BoundedParser(new ParserImpl(SETTINGS, reader)));
            while (composer.hasNext()) {
                sink.document(composer.next());
            }
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null || e.getContext().isBlank() ? "" : e.getContext() + ": ";
            throw new ManifestException(e.getProblemMark(), oneLine(context + e.getProblem()));
        } catch (ReaderException e) {
            String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            throw new ManifestException(
                    line,
                    before.length() - before.lastIndexOf('\n'),
                    "the character U+%04X is not allowed".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw new ManifestException(1, 1, oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** A parser that refuses what is nested too deeply for those who read recursively. */
    private static final class BoundedParser implements Parser {
        private final Parser parser;
        private int depth;

        BoundedParser(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID id) {
            return parser.checkEvent(id);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> {
                    if (++depth > DocumentSink.MAX_DEPTH) {
                        throw new ParserException(
                                "more than " + DocumentSink.MAX_DEPTH + " levels", event.getStartMark());
                    }
                }
                case MappingEnd, SequenceEnd -> depth--;
                case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
            }
            return event;
        }
    }
}
