package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** What others may call says in one sentence what it is. */
class JavadocTest {
    /** A sentence about the comment's place instead of the thing. */
    private static final Pattern EMPTY_OPENING =
            Pattern.compile("(?i)^(this|the following) (class|interface|record|enum|method|type)\\b.*", Pattern.DOTALL);

    @Test
    void publicType_hasJavadocThatDefinesIt() {
        List<String> faults = new ArrayList<>();
        for (SourceFile file : SourceFile.main()) {
            for (Tree tree : file.unit().getTypeDecls()) {
                if (tree instanceof ClassTree type && isPublic(type)) {
                    check(file, tree, type.getSimpleName().toString(), faults);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    /** The one method of a functional interface may be told in the interface's own comment. */
    @Test
    void methodOfPublicInterface_hasJavadoc() {
        List<String> faults = new ArrayList<>();
        for (SourceFile file : SourceFile.main()) {
            for (Tree tree : file.unit().getTypeDecls()) {
                if (tree instanceof ClassTree type && isPublic(type) && type.getKind() == Tree.Kind.INTERFACE) {
                    checkMethods(file, type, faults);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static void checkMethods(SourceFile file, ClassTree type, List<String> faults) {
        if (annotated(type.getModifiers().getAnnotations(), "FunctionalInterface")) {
            return;
        }
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method
                    && !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                    && !annotated(method.getModifiers().getAnnotations(), "Override")) {
                check(file, method, type.getSimpleName() + "." + method.getName(), faults);
            }
        }
    }

    private static void check(SourceFile file, Tree declaration, String name, List<String> faults) {
        String comment = file.javadoc(declaration).orElse("");
        if (comment.isEmpty()) {
            faults.add(file.at(declaration) + " " + name + " has no Javadoc");
        } else if (EMPTY_OPENING.matcher(comment).matches()) {
            faults.add(file.at(declaration) + " " + name + ": the first sentence defines the thing, not the comment");
        }
    }

    private static boolean isPublic(ClassTree type) {
        return type.getModifiers().getFlags().contains(Modifier.PUBLIC);
    }

    private static boolean annotated(List<? extends com.sun.source.tree.AnnotationTree> annotations, String name) {
        return annotations.stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals(name));
    }
}
