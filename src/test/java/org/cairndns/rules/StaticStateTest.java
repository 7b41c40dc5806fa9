package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** Nothing static changes: two servers in one process know nothing of each other. */
class StaticStateTest {
    /** What a static field must not be made of: collections, counters and per-thread values that can change. */
    private static final Pattern CHANGEABLE =
            Pattern.compile("(java\\.util\\.)?(concurrent\\.)?(\\w*(Map|Set|List|Deque|Queue|Vector|Stack)"
                    + "|Atomic\\w+|LongAdder|\\w*ThreadLocal|StringBuilder|BitSet|Random)(<.*>)?");

    /** Changeable static fields by {@code Type.field}, each with its reason. */
    private static final Map<String, String> ALLOWED = Map.of();

    @Test
    void staticField_isFinal() {
        List<String> faults = new ArrayList<>();
        for (JavaClass type : Project.mainClasses()) {
            for (JavaField field : type.getFields()) {
                Set<JavaModifier> modifiers = field.getModifiers();
                if (modifiers.contains(JavaModifier.STATIC)
                        && !modifiers.contains(JavaModifier.FINAL)
                        && !modifiers.contains(JavaModifier.SYNTHETIC)) {
                    faults.add(field.getFullName() + " is static but not final");
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void staticField_isNotMadeAsChangeableCollection() {
        List<String> faults = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (SourceFile file : SourceFile.main()) {
            String type = file.path().getFileName().toString().replace(".java", "");
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitVariable(VariableTree field, Void unused) {
                    if (field.getModifiers().getFlags().contains(Modifier.STATIC)
                            && field.getInitializer() instanceof NewClassTree made
                            && CHANGEABLE
                                    .matcher(made.getIdentifier().toString())
                                    .matches()) {
                        String name = type + "." + field.getName();
                        if (ALLOWED.containsKey(name)) {
                            used.add(name);
                        } else {
                            faults.add(file.at(field) + " " + name + " holds a changeable " + made.getIdentifier());
                        }
                    }
                    return super.visitVariable(field, unused);
                }
            }.scan(file.unit(), null);
        }
        assertThat(faults).isEmpty();
        assertThat(used).as("every listed field is needed in the list").isEqualTo(ALLOWED.keySet());
    }
}
