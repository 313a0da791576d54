/// Runs google-java-format over every Java file of the repository.
///
/// `check` lists the files that would change and fails; `apply` changes them.
void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Path root = Path.of("..").toRealPath();
    // Examples open with `import module gofer`, as the README does; elsewhere the imports are sorted.
    boolean same = format(apply, javaFiles(root, false));
    same &= format(apply, javaFiles(root, true), "--skip-sorting-imports");
    if (!same) {
        System.err.println(
                "The files above are not formatted. To format them: mvn -q -pl format verify -Dformat=apply");
        System.exit(1);
    }
}

boolean format(boolean apply, List<String> files, String... more) {
    var options = new ArrayList<String>();
    // The docs are written by hand: a formatter cannot know which line breaks matter.
    options.addAll(List.of("--aosp", "--max-line-length", "120", "--skip-javadoc-formatting"));
    options.addAll(apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    options.addAll(List.of(more));
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
