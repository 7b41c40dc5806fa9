package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests await a condition with a deadline, or move a clock by hand; they never sleep. */
class NoSleepTest {
    @Test
    void testSources_neverSleep() {
        List<String> faults = new ArrayList<>();
        for (SourceFile file : SourceFile.tests()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
                    String method = call.getMethodSelect().toString();
                    if (method.equals("sleep") || method.endsWith(".sleep")) {
                        faults.add(file.at(call) + " " + call);
                    }
                    return super.visitMethodInvocation(call, unused);
                }
            }.scan(file.unit(), null);
        }
        assertThat(faults).isEmpty();
    }
}
