package shop;

import app.Work;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/// Starts the program in a web application.
@WebListener
public class Listener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        Work.start(event.getServletContext().getContextPath());
    }
}
