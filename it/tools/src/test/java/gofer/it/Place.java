package gofer.it;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A way to package and start the program.
enum Place {
    CLASS_PATH,
    MODULE_PATH,
    IMAGE,
    BOOT_3,
    BOOT_4,
    WEB_APPLICATIONS;

    /// Returns the command that starts the program.
    ///
    /// @param flag whether Gofer's own scheduler runs
    List<String> command(boolean flag, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        Path java = this == IMAGE ? Built.image("image", "app,jdk.jfr") : Path.of(System.getProperty("java.home"));
        command.add(java.resolve("bin/java").toString());
        command.add("-XX:+EnableDynamicAgentLoading");
        if (flag) command.add("--add-opens=java.base/java.lang=" + opened());
        command.addAll(program());
        command.addAll(List.of(arguments));
        return command;
    }

    private String opened() {
        return this == MODULE_PATH || this == IMAGE ? "gofer" : "ALL-UNNAMED";
    }

    private List<String> program() throws Exception {
        return switch (this) {
            case CLASS_PATH ->
                    List.of(
                            "-cp",
                            "../../core/target/classes" + File.pathSeparator + "../program/target/classes",
                            "app.Main");
            case MODULE_PATH -> List.of("-p", Built.MODULES, "-m", "app/app.Main");
            case IMAGE -> List.of("--add-modules", "jdk.jfr", "-m", "app/app.Main");
            case BOOT_3 -> boot("boot3");
            case BOOT_4 -> boot("boot4");
            case WEB_APPLICATIONS -> List.of("-cp", Built.tomcat(), Host.class.getName(), Built.war().toString());
        };
    }

    private static List<String> boot(String module) throws Exception {
        return List.of(
                "-Dserver.port=0", "-Dspring.threads.virtual.enabled=true", "-jar", Built.boot(module).toString());
    }

    /// Returns the suffixes of the goroutine names, one for each copy of Gofer.
    List<String> names() {
        return this == WEB_APPLICATIONS ? List.of("/shop", "/bank") : List.of("main");
    }
}
