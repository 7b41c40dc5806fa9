package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** Files and methods fit a reader's eye; what does not is listed with the reason why it is one thing. */
class FileSizeTest {
    private static final int MAX_FILE_LINES = 300;
    private static final int MAX_METHOD_LINES = 60;
    private static final int MAX_PARAMETERS = 5;

    /** Longer files by path, each with its reason. */
    private static final Map<String, String> LONGER_FILES = Map.of();

    /** Longer methods by {@code Type.method}, each with its reason. */
    private static final Map<String, String> LONGER_METHODS = Map.of();

    /** Public methods with more parameters by {@code Type.method}, each with its reason. */
    private static final Map<String, String> MORE_PARAMETERS = Map.of(
            "ResponseBuilder.srv", "the fields of one record; an object that holds them would be garbage per answer",
            "ResponseBuilder.octets",
                    "the fields of one record; an object that holds them would be garbage per answer");

    @Test
    void mainFile_hasAtMost300Lines() {
        List<String> faults = new ArrayList<>();
        Set<String> used = new HashSet<>();
        Project.mainSources().forEach(path -> {
            long lines = Project.text(path).lines().count();
            if (lines > MAX_FILE_LINES && !excused(LONGER_FILES, Project.name(path), used)) {
                faults.add(Project.name(path) + " has " + lines + " lines, at most " + MAX_FILE_LINES + " fit");
            }
        });
        assertThat(faults).isEmpty();
        assertThat(used).as("every listed file is needed in the list").isEqualTo(LONGER_FILES.keySet());
    }

    @Test
    void mainMethod_hasAtMost60LinesAndIfPublic5Parameters() {
        List<String> faults = new ArrayList<>();
        Set<String> usedLength = new HashSet<>();
        Set<String> usedParameters = new HashSet<>();
        for (SourceFile file : SourceFile.main()) {
            String type = file.path().getFileName().toString().replace(".java", "");
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitMethod(MethodTree method, Void unused) {
                    String name = type + "." + method.getName();
                    long lines = file.lastLine(method) - file.firstLine(method) + 1;
                    if (lines > MAX_METHOD_LINES && !excused(LONGER_METHODS, name, usedLength)) {
                        faults.add(file.at(method) + " " + name + " has " + lines + " lines");
                    }
                    int parameters = method.getParameters().size();
                    if (parameters > MAX_PARAMETERS
                            && method.getModifiers().getFlags().contains(Modifier.PUBLIC)
                            && getCurrentPath().getParentPath().getLeaf().getKind() != Tree.Kind.RECORD
                            && !excused(MORE_PARAMETERS, name, usedParameters)) {
                        faults.add(file.at(method) + " " + name + " has " + parameters + " parameters");
                    }
                    return super.visitMethod(method, unused);
                }
            }.scan(file.unit(), null);
        }
        assertThat(faults).isEmpty();
        assertThat(usedLength).as("every listed method is needed in the list").isEqualTo(LONGER_METHODS.keySet());
        assertThat(usedParameters)
                .as("every listed method is needed in the list")
                .isEqualTo(MORE_PARAMETERS.keySet());
    }

    private static boolean excused(Map<String, String> list, String name, Set<String> used) {
        if (list.containsKey(name)) {
            used.add(name);
            return true;
        }
        return false;
    }
}
