// Runs google-java-format on every Java file of the repository. `check` lists the files that would change, and fails if
// there
// are any. `apply` changes them.

// Comments are not formatted: a formatter cannot know which line breaks matter.
final String[] LAYOUT = {
    "--aosp", "--max-line-length", "120", "--skip-sorting-imports", "--skip-javadoc-formatting",
};

void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Path root = Path.of("..").toRealPath();
    List<String> sources = javaFiles(root, false);
    List<String> examples = javaFiles(root, true);
    // Examples keep the order of imports that the README has: `import module` before `import static`.
    boolean same = format(apply, sources, "--fix-imports-only");
    same &= format(apply, sources, LAYOUT);
    same &= format(apply, examples, LAYOUT);
    if (!same) {
        System.err.println(
                "The files above are not formatted. To format them: mvn -q -pl format verify -Dformat=apply");
        System.exit(1);
    }
}

boolean format(boolean apply, List<String> files, String... how) {
    var options = new ArrayList<String>();
    options.addAll(List.of(how));
    options.addAll(apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    options.addAll(files);
    var formatter = java.util.spi.ToolProvider.findFirst("google-java-format").orElseThrow();
    return files.isEmpty() || formatter.run(System.out, System.err, options.toArray(String[]::new)) == 0;
}

List<String> javaFiles(Path root, boolean examples) throws IOException {
    var found = new ArrayList<String>();
    Files.walkFileTree(
            root,
            new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    boolean skip = name.equals("target") || name.equals(".git");
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Path inside = root.relativize(file);
                    boolean example = inside.startsWith("examples") && !inside.startsWith("examples/src");
                    if (inside.toString().endsWith(".java") && example == examples) found.add(file.toString());
                    return FileVisitResult.CONTINUE;
                }
            });
    found.sort(null);
    return found;
}
