package gofer.conformance.bubble;

import static gofer.conformance.bubble.PointsTest.context;
import static gofer.conformance.bubble.PointsTest.on;
import static gofer.conformance.bubble.PointsTest.use;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.conformance.bubble.PointsTest.Setup;
import gofer.context.Context;
import gofer.group.ErrGroup;
import gofer.group.FirstResult;
import gofer.group.ResultGroup;
import gofer.group.SingleFlight;
import gofer.group.Weighted;
import gofer.interop.Futures;
import gofer.interop.GoExecutor;
import gofer.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The operations on groups, semaphores, adapters and pipelines, for [PointsTest].
final class GroupOperations {

    private GroupOperations() {}

    /// Adds the operations, by the names that the API has for them.
    static void add(Map<String, Setup> all) {
        addInterop(all);
        addPipeline(all);
        all.put("ErrGroup.go(Body)", () -> on(new ErrGroup(), g -> g.go(() -> {})));
        all.put("ErrGroup.go(String, Body)", () -> on(new ErrGroup(), g -> g.go("x", () -> {})));
        all.put("ErrGroup.go(Context, Body)", () -> on(new ErrGroup(), g -> g.go(Context.background(), () -> {})));
        all.put(
                "ErrGroup.go(Context, String, Body)",
                () -> on(new ErrGroup(), g -> g.go(Context.background(), "x", () -> {})));
        all.put("ErrGroup.failures()", () -> on(new ErrGroup(), g -> use(g.failures())));
        all.put("ErrGroup.tryGo(Body)", () -> on(new ErrGroup(), g -> use(g.tryGo(() -> {}))));
        all.put("ErrGroup.tryGo(String, Body)", () -> on(new ErrGroup(), g -> use(g.tryGo("x", () -> {}))));
        all.put("ErrGroup.await()", () -> on(new ErrGroup(), ErrGroup::await));
        all.put("ErrGroup.limit(int)", () -> on(new ErrGroup(), g -> g.limit(1)));
        all.put("ErrGroup.withContext(Context)", () -> on(context(), c -> use(ErrGroup.withContext(c))));
        all.put("ResultGroup.go(Task<? extends T>)", () -> on(new ResultGroup<Integer>(), g -> g.go(_ -> 1)));
        all.put(
                "ResultGroup.go(String, Task<? extends T>)",
                () -> on(new ResultGroup<Integer>(), g -> g.go("x", _ -> 1)));
        all.put("ResultGroup.await()", () -> on(new ResultGroup<Integer>(), g -> use(g.await())));
        all.put("ResultGroup.awaitOutcomes()", () -> on(new ResultGroup<Integer>(), g -> use(g.awaitOutcomes())));
        all.put("ResultGroup.limit(int)", () -> on(new ResultGroup<Integer>(), g -> g.limit(1)));
        all.put("ResultGroup.withContext(Context)", () -> on(context(), c -> use(ResultGroup.withContext(c))));
        all.put("FirstResult.go(Task<? extends T>)", () -> on(firstResult(), g -> g.go(_ -> 1)));
        all.put("FirstResult.go(String, Task<? extends T>)", () -> on(firstResult(), g -> g.go("x", _ -> 1)));
        all.put("FirstResult.await()", () -> on(firstResult(), g -> use(g.await())));
        all.put("FirstResult.failures()", () -> on(firstResult(), g -> use(g.failures())));
        all.put("FirstResult.limit(int)", () -> on(firstResult(), g -> g.limit(1)));
        all.put("FirstResult.withContext(Context)", () -> on(context(), c -> use(FirstResult.withContext(c))));
        all.put(
                "SingleFlight.run(K, Callable<? extends V>)",
                () -> on(new SingleFlight<String, Integer>(), flights -> flights.run("key", () -> 1)));
        all.put(
                "SingleFlight.runChan(K, Callable<? extends V>)",
                () -> on(new SingleFlight<String, Integer>(), flights -> use(flights.runChan("key", () -> 1))));
        all.put(
                "SingleFlight.forget(K)",
                () -> on(new SingleFlight<String, Integer>(), flights -> flights.forget("key")));
        all.put("Weighted.acquire(long)", () -> on(new Weighted(1), tokens -> tokens.acquire(1)));
        all.put(
                "Weighted.acquire(Context, long)",
                () -> on(new Weighted(1), tokens -> tokens.acquire(Context.background(), 1)));
        all.put("a select that acquires", () -> on(new Weighted(1), tokens -> use(Go.select(tokens.acquiring(1)))));
        all.put("Weighted.tryAcquire(long)", () -> on(new Weighted(1), tokens -> use(tokens.tryAcquire(1))));
        all.put(
                "Weighted.release(long)",
                () -> {
                    var tokens = new Weighted(1);
                    tokens.acquire(1);
                    return () -> tokens.release(1);
                });
    }

    private static void addInterop(Map<String, Setup> all) {
        all.put("Futures.go(Context, Task<? extends T>)", () -> on(context(), c -> use(Futures.go(c, _ -> 1))));
        all.put("GoExecutor.execute(Runnable)", () -> on(new GoExecutor(1), e -> e.execute(() -> {})));
        all.put("GoExecutor.shutdown()", () -> on(new GoExecutor(1), GoExecutor::shutdown));
        all.put("GoExecutor.shutdownNow()", () -> on(new GoExecutor(1), e -> use(e.shutdownNow())));
        all.put("GoExecutor.close()", () -> on(new GoExecutor(1), GoExecutor::close));
        all.put("GoExecutor.isShutdown()", () -> on(new GoExecutor(1), e -> use(e.isShutdown())));
        all.put("GoExecutor.isTerminated()", () -> on(new GoExecutor(1), e -> use(e.isTerminated())));
        all.put(
                "GoExecutor.awaitTermination(long, TimeUnit)",
                () -> on(new GoExecutor(1), e -> use(e.awaitTermination(1, TimeUnit.HOURS))));
    }

    private static void addPipeline(Map<String, Setup> all) {
        String in = "(RecvChan<T>, ";
        all.put("Pipeline.withContext(Context)", () -> on(context(), c -> use(Pipeline.withContext(c))));
        all.put("Pipeline.withContext(Context, int)", () -> on(context(), c -> use(Pipeline.withContext(c, 1))));
        all.put("Pipeline.produce(Producer<T>)", () -> on(pipeline(), p -> use(p.produce((_, _) -> {}))));
        all.put(
                "Pipeline.map" + in + "int, Mapper<? super T, ? extends R>)",
                () -> on(pipeline(), p -> use(p.map(closed(), 1, (_, i) -> i))));
        all.put(
                "Pipeline.orderedMap" + in + "int, Mapper<? super T, ? extends R>)",
                () -> on(pipeline(), p -> use(p.orderedMap(closed(), 1, (_, i) -> i))));
        all.put(
                "Pipeline.filter" + in + "int, Mapper<? super T, Boolean>)",
                () -> on(pipeline(), p -> use(p.filter(closed(), 1, (_, _) -> true))));
        all.put("Pipeline.batch" + in + "int)", () -> on(pipeline(), p -> use(p.batch(closed(), 1))));
        all.put(
                "Pipeline.batch" + in + "int, Duration)",
                () -> on(pipeline(), p -> use(p.batch(closed(), 1, Duration.ofHours(1)))));
        all.put(
                "Pipeline.merge(List<? extends RecvChan<? extends T>>)",
                () -> on(pipeline(), p -> use(p.merge(List.of(closed())))));
        all.put(
                "Pipeline.split" + in + "int, ToIntFunction<? super T>)",
                () -> on(pipeline(), p -> use(p.split(closed(), 1, _ -> 0))));
        all.put(
                "Pipeline.throttle" + in + "int, Duration)",
                () -> on(pipeline(), p -> use(p.throttle(closed(), 1, Duration.ofHours(1)))));
        all.put("Pipeline.close()", () -> on(pipeline(), Pipeline::close));
    }

    private static Pipeline pipeline() {
        return Pipeline.withContext(Context.background());
    }

    private static RecvChan<Integer> closed() {
        Chan<Integer> chan = Chan.make();
        chan.close();
        return chan;
    }

    private static FirstResult<Integer> firstResult() {
        return FirstResult.withContext(Context.background());
    }
}
