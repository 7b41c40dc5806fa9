package org.cairndns.zone.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Section;
import org.cairndns.wire.Soa;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/**
 * Reader of zone files (RFC 1035 5) with {@code $TTL} (RFC 2308 4), {@code $INCLUDE}, {@code $GENERATE} and unknown types
 * (RFC 3597 5), by dnsjava.
 *
 * <p>One object reads one file once, on any thread that may block.
 */
public final class ZoneFile {
    /** More were hardly meant, say by a {@code $GENERATE} without end. */
    private static final int MAX_RECORDS = 10_000_000;

    private static final int NO_DEFAULT_TTL = -1;

    /** Type, class, TTL, RDLENGTH. */
    private static final int FIXED_OCTETS = 10;

    private final Path file;
    private final DomainName apex;
    private final ZoneDraft draft;
    private final List<String> warnings = new ArrayList<>();
    private Name lastName = Name.root;
    private DomainName lastOwner = DomainName.ROOT;
    private int records;
    private int outside;
    private @Nullable ResourceRecord soa;
    private @Nullable ResourceRecord foreignSoa;

    private ZoneFile(Path file, DomainName apex) {
        this.file = file;
        this.apex = apex;
        this.draft = new ZoneDraft(apex);
    }

    /**
     * What a file holds.
     *
     * @param warnings what was left out or taken for something else, a line each
     */
    public record Contents(Zone zone, List<String> warnings) {
        public Contents {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads a zone.
     *
     * @param apex the zone, and the origin of relative names until the file says otherwise
     * @throws IOException if the file cannot be read, {@link java.nio.file.NoSuchFileException} if it is not there
     * @throws ZoneException if it holds no zone; names file, line and fault
     */
    public static Contents read(Path file, DomainName apex) throws IOException, ZoneException {
        return read(file, apex, serial -> true).orElseThrow();
    }

    /**
     * Reads a zone if its serial is wanted; the rest of the file is not read if it is not.
     *
     * @return empty for a serial that is not wanted
     */
    public static Optional<Contents> read(Path file, DomainName apex, LongPredicate wanted)
            throws IOException, ZoneException {
        return new ZoneFile(file, apex).read(wanted);
    }

    /**
     * The files that {@link #read} reads: the file itself, then those that it includes, be they there or not.
     *
     * @throws IOException if one of them is there but cannot be read
     * @throws ZoneException if they include each other in a circle
     */
    public static Set<Path> files(Path file) throws IOException, ZoneException {
        return IncludedFiles.of(file);
    }

    private Optional<Contents> read(LongPredicate wanted) throws IOException, ZoneException {
        files(file);
        try (Master master = new Master(file.toString(), dnsjavaName(apex), NO_DEFAULT_TTL)) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                if (++records > MAX_RECORDS) {
                    throw new ZoneException(file + ": over " + MAX_RECORDS + " records");
                }
                boolean first = soa == null && foreignSoa == null;
                add(record);
                if (first && !serialWanted(wanted)) {
                    return Optional.empty();
                }
            }
        } catch (TextParseException e) {
            throw new ZoneException(withPath(String.valueOf(e.getMessage())));
        } catch (FileNotFoundException e) {
            throw new ZoneException(file + ": $INCLUDE of a file that cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            throw new ZoneException(file + ": " + e);
        }
        return Optional.of(contents());
    }

    /** The reader's message, which starts with the name and line of the file or of one that it includes. */
    private String withPath(String message) {
        String name = String.valueOf(file.getFileName());
        return message.startsWith(name + ":") ? file + message.substring(name.length()) : file + ": in " + message;
    }

    private boolean serialWanted(LongPredicate wanted) {
        ResourceRecord found = soa != null ? soa : foreignSoa;
        return found == null || wanted.test(Soa.of(found.rdata()).serial());
    }

    private void add(Record record) throws ZoneException {
        ResourceRecord converted = new ResourceRecord(
                Section.ANSWER,
                owner(record.getName()),
                record.getType(),
                record.getDClass(),
                (int) Math.min(record.getTTL(), Integer.MAX_VALUE),
                rdata(record));
        boolean inside = converted.owner().isAtOrBelow(apex);
        if (record.getType() == RecordType.SOA && !converted.owner().equals(apex)) {
            foreignSoa = foreignSoa == null ? converted : foreignSoa;
        } else if (!inside || record.getDClass() != DnsClass.IN) {
            if (outside++ == 0) {
                warnings.add(file + ": left out what is not in zone " + apex + " of class IN, first "
                        + converted.owner() + " " + RecordType.text(converted.type()));
            }
        } else {
            keep(converted);
        }
    }

    private static byte[] rdata(Record record) {
        byte[] octets = record.toWire(org.xbill.DNS.Section.ANSWER);
        return Arrays.copyOfRange(octets, record.getName().length() + FIXED_OCTETS, octets.length);
    }

    private void keep(ResourceRecord record) throws ZoneException {
        if (record.type() == RecordType.SOA) {
            soa = record;
        }
        try {
            draft.add(record);
        } catch (ZoneException e) {
            throw new ZoneException(file + ": " + e.getMessage());
        }
    }

    private DomainName owner(Name name) {
        if (!name.equals(lastName)) {
            lastName = name;
            lastOwner = DomainName.read(name.toWire(), 0);
        }
        return lastOwner;
    }

    private Contents contents() throws ZoneException {
        if (soa == null && foreignSoa != null) {
            // As CoreDNS, which takes any SOA: the file may be that of a zone below, or of several zones.
            warnings.add(file + ": no SOA record at " + apex + ", that of " + foreignSoa.owner() + " is taken");
            keep(foreignSoa.withOwner(apex));
        }
        try {
            return new Contents(draft.build(), warnings);
        } catch (ZoneException e) {
            throw new ZoneException(file + ": " + e.getMessage());
        }
    }

    private static Name dnsjavaName(DomainName name) throws TextParseException {
        return Name.fromString(name.toString());
    }
}
