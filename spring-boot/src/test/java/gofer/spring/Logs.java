package gofer.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What the logger of [ApplicationGroup] gets, while this is open. Without another library for logs, Spring uses that of the JDK.
final class Logs extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(ApplicationGroup.class.getName());
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Logs() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    List<Throwable> thrown() {
        return records.stream().map(LogRecord::getThrown).toList();
    }

    @Override
    public void publish(LogRecord logged) {
        records.add(logged);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
