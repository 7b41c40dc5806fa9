package org.cairndns.zone.data;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/**
 * The records that lead to the target of an alias, waiting for what is said about that.
 *
 * <p>One of its methods is called once, on any thread.
 */
final class AliasAnswer {
    /** What the response says about the target. */
    private enum Outcome {
        POSITIVE,
        NEGATIVE,
        REFERRAL
    }

    private final AnswerWriter writer;
    private final ResponseBuilder builder;
    private final int qtype;

    AliasAnswer(AnswerWriter writer, int qtype) {
        this.writer = writer;
        this.qtype = qtype;
        this.builder = writer.builder();
    }

    Response without(int rcode) {
        builder.rcode(rcodeOf(rcode));
        writer.positiveAuthority();
        return builder.build();
    }

    /** RFC 6604 3: the RCODE is the last name's; as in CoreDNS a name that is no one's here leaves NOERROR. */
    private static int rcodeOf(int ofTarget) {
        return switch (ofTarget) {
            case Rcode.NXDOMAIN, Rcode.SERVFAIL, Rcode.YXDOMAIN -> ofTarget;
            default -> Rcode.NOERROR;
        };
    }

    Response with(DomainName target, Response ofTarget) {
        builder.rcode(rcodeOf(ofTarget.rcode()));
        RecordCursor answers = new RecordCursor(target, ofTarget);
        while (answers.next() && answers.section() == Section.ANSWER) {
            builder.copy(Section.ANSWER, answers);
            writer.copied(answers.record());
        }
        Outcome outcome = outcome(target, ofTarget);
        if (outcome == Outcome.POSITIVE) {
            writer.positiveAuthority();
        } else {
            writer.expansionDenial();
        }
        copyAuthority(target, ofTarget, outcome);
        writer.additional();
        if (!ofTarget.fromUpstream()) {
            copyAdditional(target, ofTarget);
        }
        Response response = builder.build();
        return ofTarget.truncated() ? response.withTruncated(true) : response;
    }

    private Outcome outcome(DomainName target, Response ofTarget) {
        DomainName last = target;
        boolean found = false;
        RecordCursor cursor = new RecordCursor(target, ofTarget);
        while (cursor.next()) {
            switch (cursor.section()) {
                case ANSWER -> {
                    found |= cursor.type() == qtype && cursor.owner().equals(last);
                    boolean alias =
                            cursor.type() == RecordType.CNAME && cursor.owner().equals(last);
                    last = alias ? cursor.rdataName(0) : last;
                }
                case AUTHORITY -> {
                    if (cursor.type() == RecordType.SOA) {
                        return Outcome.NEGATIVE;
                    }
                    // The servers of the zone that the last alias stands in are no referral.
                    if (!found && cursor.type() == RecordType.NS && isCut(cursor.owner(), last)) {
                        return Outcome.REFERRAL;
                    }
                }
                case ADDITIONAL -> {
                    return Outcome.POSITIVE;
                }
            }
        }
        return Outcome.POSITIVE;
    }

    private boolean isCut(DomainName owner, DomainName name) {
        return name.isAtOrBelow(owner) && !owner.equals(writer.apex());
    }

    private void copyAuthority(DomainName target, Response ofTarget, Outcome outcome) {
        RecordCursor cursor = new RecordCursor(target, ofTarget);
        while (cursor.next()) {
            if (cursor.section() == Section.AUTHORITY && isWanted(cursor, outcome)) {
                builder.copy(Section.AUTHORITY, cursor);
            }
        }
    }

    /** Who serves the target's zone is no part of the answer, but for a referral. What denies records is. */
    private static boolean isWanted(RecordCursor cursor, Outcome outcome) {
        int type = cursor.type();
        int covered = type == RecordType.RRSIG ? cursor.rdata()[0] << 8 | cursor.rdata()[1] & 0xff : type;
        return switch (outcome) {
            case POSITIVE -> covered == RecordType.NSEC || covered == RecordType.NSEC3;
            case NEGATIVE -> covered != RecordType.NS;
            case REFERRAL -> true;
        };
    }

    private void copyAdditional(DomainName target, Response ofTarget) {
        RecordCursor cursor = new RecordCursor(target, ofTarget);
        while (cursor.next()) {
            if (cursor.section() == Section.ADDITIONAL && !writer.isWritten(cursor.owner())) {
                builder.copy(Section.ADDITIONAL, cursor);
            }
        }
    }
}
