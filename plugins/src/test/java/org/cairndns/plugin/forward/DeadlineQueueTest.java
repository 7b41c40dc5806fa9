package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private final List<String> over = new ArrayList<>();
    private final DeadlineQueue last = new DeadlineQueue(100);
    private final DeadlineQueue first = new DeadlineQueue(10, last);

    private final class Member extends Timed {
        private final String name;

        private Member(String name) {
            this.name = name;
        }

        @Override
        void onDeadline(@Nullable DeadlineQueue next) {
            over.add(name);
            if (next != null) {
                next.add(this, deadlineNanos);
            }
        }
    }

    private Member add(String name, long nowNanos) {
        Member member = new Member(name);
        first.add(member, nowNanos);
        return member;
    }

    @Test
    void expire_someAreOver_onlyThoseAreToldInOrder() {
        add("a", 0);
        add("b", 5);
        add("c", 9);

        first.expire(15);

        assertThat(over).containsExactly("a", "b");
    }

    @Test
    void expire_notTheLastQueue_memberGoesOn() {
        add("a", 0);
        first.expire(10);

        last.expire(109);
        assertThat(over).containsExactly("a");
        last.expire(110);
        assertThat(over).containsExactly("a", "a");
        assertThat(last.first()).isNull();
    }

    @Test
    void leaveDeadlines_inTheMiddle_othersStay() {
        add("a", 0);
        Member gone = add("b", 1);
        add("c", 2);

        gone.leaveDeadlines();
        gone.leaveDeadlines();
        first.expire(100);

        assertThat(over).containsExactly("a", "c");
    }

    @Test
    void add_timeBecameShorter_nobodyIsOverBeforeThoseInFront() {
        add("a", 0);
        first.timeoutNanos(1);
        add("b", 1);

        first.expire(9);
        assertThat(over).isEmpty();
        first.expire(10);
        assertThat(over).containsExactly("a", "b");
    }
}
