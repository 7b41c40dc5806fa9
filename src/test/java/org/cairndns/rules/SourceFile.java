package org.cairndns.rules;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One source file as the compiler's parser sees it. */
record SourceFile(Path path, CompilationUnitTree unit, DocTrees trees) {
    /** Main sources of the server's modules, parsed once. */
    static List<SourceFile> main() {
        return Main.FILES;
    }

    /** Test sources of every module. */
    static List<SourceFile> tests() {
        return parse(Project.testSources());
    }

    private static final class Main {
        static final List<SourceFile> FILES = parse(Project.mainSources());
    }

    /** Parses files without resolving what they refer to. */
    private static List<SourceFile> parse(List<Path> paths) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
            DocTrees trees = DocTrees.instance(task);
            List<SourceFile> parsed = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                parsed.add(new SourceFile(Path.of(unit.getSourceFile().toUri()), unit, trees));
            }
            return parsed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text of a declaration's Javadoc, markup included. */
    Optional<String> javadoc(Tree declaration) {
        return Optional.ofNullable(trees.getDocComment(TreePath.getPath(unit, declaration)))
                .map(String::strip);
    }

    /** First line of a tree, from 1. */
    long firstLine(Tree tree) {
        return unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    /** Last line of a tree, from 1. */
    long lastLine(Tree tree) {
        return unit.getLineMap().getLineNumber(trees.getSourcePositions().getEndPosition(unit, tree));
    }

    /** Path and line of a tree, for messages. */
    String at(Tree tree) {
        return Project.name(path) + ":" + firstLine(tree);
    }
}
