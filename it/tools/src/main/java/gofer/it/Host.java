package gofer.it;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;

/// An embedded Tomcat with two web applications from the same WAR file. Only that file contains Gofer.
public final class Host {
    private Host() {}

    public static void main(String[] args) throws Exception {
        String war = Path.of(args[0]).toAbsolutePath().toString();
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(0);
        tomcat.setAddDefaultWebXmlToWebapp(false); // the default needs JSP
        tomcat.getHost().setAppBase(".");
        var shop = tomcat.addWebapp("/shop", war);
        tomcat.addWebapp("/bank", war);
        tomcat.start();
        System.out.println("ready " + tomcat.getConnector().getLocalPort());
        System.in.read();
        shop.stop();
        System.out.println("ready");
        System.in.read();
        System.in.read();
    }
}
