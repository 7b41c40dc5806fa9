package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Environment and system properties come in at one door and reach the rest as arguments. */
class EnvironmentTest {
    private static final Set<String> DOORS = Set.of("org.cairndns.server.Main", "org.cairndns.server.BuildInfo");

    private static final Set<String> READERS = Set.of(
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.System.setProperty",
            "java.lang.Integer.getInteger",
            "java.lang.Long.getLong",
            "java.lang.Boolean.getBoolean");

    @Test
    void mainClasses_readEnvironmentInMainOnly() {
        List<String> faults = new ArrayList<>();
        for (JavaClass type : Project.mainClasses()) {
            if (DOORS.contains(outermost(type))) {
                continue;
            }
            for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                String method = call.getTargetOwner().getName() + "." + call.getName();
                if (READERS.contains(method)) {
                    faults.add(call.getDescription());
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static String outermost(JavaClass type) {
        int nested = type.getName().indexOf('$');
        return nested < 0 ? type.getName() : type.getName().substring(0, nested);
    }
}
