package gofer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.context.CanceledException;
import gofer.context.Context;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;

/// Tests the group in the life cycle of application contexts.
class ContextTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(LifecycleAutoConfiguration.class, GoferAutoConfiguration.class))
                    .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=5m");

    /// A bean that is started and stopped as a web server is. It starts a goroutine, and records what it sees in its stop.
    static class WebServer implements SmartLifecycle {

        private final Context shutdown;
        private final LifecycleGroup group;
        private final List<String> seen = new ArrayList<>();
        private boolean running;

        WebServer(Context shutdown, LifecycleGroup group) {
            this.shutdown = shutdown;
            this.group = group;
        }

        @Override
        public void start() {
            group.go("request", ctx -> ctx.done().recvOk());
            running = true;
        }

        @Override
        public void stop() {
            seen.add("shutdown " + shutdown.isDone() + ", group " + !group.isRunning());
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE - 1024;
        }
    }

    /// A web server whose port is in use, for example.
    static final class BrokenWebServer extends WebServer {

        BrokenWebServer(Context shutdown, LifecycleGroup group) {
            super(shutdown, group);
        }

        @Override
        public void start() {
            super.start();
            throw new IllegalStateException("port in use");
        }
    }

    /// A bean whose constructor starts a goroutine.
    static final class Early {

        Early(ApplicationGroup group) {
            group.go("early", _ -> {});
        }
    }

    @Test
    void shutdownContextEndsBeforeTheWebServerAndTheGroupAfterIt() {
        runner.withBean(WebServer.class)
                .run(context -> {
                    var group = context.getBean(LifecycleGroup.class);
                    WebServer server = context.getBean(WebServer.class);
                    assertThat(group.goroutines()).hasSize(1);
                    context.close();
                    assertThat(server.seen).containsExactly("shutdown true, group false");
                    assertThat(group.isRunning()).isFalse();
                    assertThat(group.goroutines()).isEmpty();
                });
    }

    @Test
    void goroutineThatABeanStartsTooEarlyIsAnError() {
        runner.withBean(Early.class)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("goroutine \"early\" not started")
                                .hasMessageContaining("ApplicationRunner"));
    }

    @Test
    void goroutineThatIsStartedAfterTheEndIsAnError() {
        runner.run(context -> {
            var group = context.getBean(ApplicationGroup.class);
            context.close();
            assertThatThrownBy(() -> group.go("late", _ -> {}))
                    .isInstanceOf(CanceledException.class)
                    .hasRootCauseMessage("goroutine \"late\" not started: the application has stopped");
        });
    }

    @Test
    void goroutinesEndIfTheApplicationFailsToStart() {
        var group = new LifecycleGroup();
        runner.withBean(LifecycleGroup.class, () -> group)
                .withBean(BrokenWebServer.class)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(group.isRunning()).isFalse();
                    assertThat(group.goroutines()).isEmpty();
                });
    }

    @Test
    void goroutinesAreCanceledIfAListenerFailsAtTheStart() {
        var group = new LifecycleGroup();
        ApplicationListener<ContextRefreshedEvent> broken =
                _ -> {
                    throw new IllegalStateException("broken");
                };
        Chan<Void> ended = Chan.make();
        runner.withBean(LifecycleGroup.class, () -> group)
                .withBean(WebServer.class)
                .withInitializer(context -> {
                    context.addApplicationListener((ContextRefreshedEvent _) ->
                            group.go(
                                    "consumer",
                                    ctx -> {
                                        ctx.done().recvOk();
                                        ended.close();
                                    }));
                    context.addApplicationListener(broken);
                })
                .run(context -> {
                    assertThat(context).hasFailed();
                    ended.recvOk();
                    assertThat(group.isRunning()).isFalse();
                });
    }

    @Test
    void applicationWaitsForItsGoroutines() {
        runner.run(context -> {
            Chan<String> work = Chan.make(100);
            List<String> done = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                work.send("item " + i);
            }
            work.close();
            context.getBean(ApplicationGroup.class)
                    .go(
                            "worker",
                            ctx -> {
                                ctx.done().recvOk();
                                work.forEach(done::add);
                            });
            context.close();
            assertThat(done).hasSize(100);
        });
    }

    @Test
    void shutdownContinuesAfterItsTimeAndNamesTheGoroutine() {
        Chan<Void> end = Chan.make();
        try (var logs = new Logs()) {
            runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=20ms")
                    .run(context -> {
                        context.getBean(ApplicationGroup.class).go("stubborn", _ -> end.recvOk());
                        context.close();
                    });
            assertThat(logs.messages()).hasSize(1);
            assertThat(logs.messages().getFirst())
                    .contains("have not ended during the shutdown: \"stubborn\" [chan receive]\n\ngoroutine ");
        }
        end.close();
    }

    @Test
    void applicationsInOneProcessHaveTheirOwnGroups() {
        runner.withBean(WebServer.class)
                .run(first -> {
                    runner.run(
                            second -> second.getBean(ApplicationGroup.class).go("other", ctx -> ctx.done().recvOk()));
                    var group = first.getBean(LifecycleGroup.class);
                    assertThat(group.isRunning()).isTrue();
                    assertThat(group.goroutines()).hasSize(1);
                    assertThat(first.getBean(Context.class).isDone()).isFalse();
                });
    }

    @Test
    void endOfAChildIsNotTheEndOfTheApplication() {
        runner.run(context -> {
            var child = new GenericApplicationContext(context.getSourceApplicationContext());
            child.refresh();
            child.close();
            assertThat(context.getBean(Context.class).isDone()).isFalse();
            assertThat(context.getBean(LifecycleGroup.class).isRunning()).isTrue();
        });
    }

    @Test
    void childUsesTheGroupOfItsParent() {
        runner.run(parent ->
                runner.withParent(parent.getSourceApplicationContext())
                        .run(child ->
                                assertThat(child.getBean(ApplicationGroup.class))
                                        .isSameAs(parent.getBean(ApplicationGroup.class))));
    }

    @Test
    void groupOfARestartedApplicationIsRunning() {
        runner.run(context -> {
            var group = context.getBean(LifecycleGroup.class);
            context.stop();
            assertThat(group.isRunning()).isFalse();
            context.start();
            assertThat(group.isRunning()).isTrue();
            group.go("again", ctx -> ctx.done().recvOk());
        });
    }

    @Test
    void groupStartsAndStopsWithLazyBeans() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    var group = context.getBean(LifecycleGroup.class);
                    Chan<Void> ended = Chan.make();
                    group.go(
                            "consumer",
                            ctx -> {
                                ctx.done().recvOk();
                                ended.close();
                            });
                    Context shutdown = context.getBean(Context.class);
                    assertThat(shutdown.isDone()).isFalse();
                    context.close();
                    ended.recvOk();
                    assertThat(group.goroutines()).isEmpty();
                    assertThat(shutdown.isDone()).isTrue();
                });
    }

    @Test
    void lazyContextThatIsFirstUsedInTheShutdownIsDone() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    List<Boolean> done = new ArrayList<>();
                    context.getBean(ApplicationGroup.class)
                            .go(
                                    "consumer",
                                    ctx -> {
                                        ctx.done().recvOk();
                                        done.add(context.getBean(Context.class).isDone());
                                    });
                    context.close();
                    assertThat(done).containsExactly(true);
                });
    }

    @Test
    void beansOfTheUserReplaceThoseOfTheStarter() {
        ApplicationGroup own =
                (name, _) -> {
                    throw new UnsupportedOperationException(name);
                };
        Context root = Context.background();
        runner.withBean("own", ApplicationGroup.class, () -> own)
                .withBean("root", Context.class, () -> root)
                .run(context -> {
                    assertThat(context.getBean(ApplicationGroup.class)).isSameAs(own);
                    assertThat(context.getBean(Context.class)).isSameAs(root);
                    assertThat(context).doesNotHaveBean(LifecycleGroup.class);
                });
    }
}
