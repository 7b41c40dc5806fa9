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

    AliasAnswer(AnswerWriter writer) {
        this.writer = writer;
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
            writer.addTarget(answers.type(), answers.rdata());
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

    private static Outcome outcome(DomainName target, Response ofTarget) {
        Outcome outcome = Outcome.POSITIVE;
        RecordCursor cursor = new RecordCursor(target, ofTarget);
        while (cursor.next()) {
            if (cursor.section() != Section.AUTHORITY) {
                continue;
            }
            if (cursor.type() == RecordType.SOA) {
                return Outcome.NEGATIVE;
            }
            if (cursor.type() == RecordType.NS && ofTarget.count(Section.ANSWER) == 0) {
                outcome = Outcome.REFERRAL;
            }
        }
        return outcome;
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
