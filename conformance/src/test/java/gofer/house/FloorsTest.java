package gofer.house;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FloorsTest {
    @Test
    void libraryRespectsTheFloors() {
        assertThat(Library.classFiles()).hasSizeGreaterThan(50);
        assertThat(Floors.violations(Library.classFiles(), Library.exportedPackages())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gofer.sync.A, gofer.chan.B, sideways",
        "gofer.chan.flavor.A, gofer.sync.B, sideways",
        "gofer.runtime.chan.A, gofer.chan.B, upwards",
        "gofer.runtime.lock.A, gofer.runtime.chan.B, sideways",
        "gofer.runtime.sched.A, gofer.runtime.park.B, upwards",
        "gofer.runtime.park.A, gofer.runtime.goroutine.G, upwards",
        "gofer.runtime.goroutine.A, gofer.runtime.watch.B, upwards",
        "gofer.goroutine.A, gofer.Go, upwards",
        "gofer.goroutine.A, gofer.runtime.base.B, upwards",
        "gofer.time.A, gofer.context.B, upwards",
        "gofer.group.A, gofer.runtime.lock.B, not exported",
        "gofer.group.Weighted, gofer.runtime.lock.B, ''",
        "gofer.group.A, gofer.Go, upwards",
        "gofer.A, gofer.attic.B, on no floor",
        "gofer.chan.A, gofer.chan.flavor.B, ''",
        "gofer.runtime.base.A, gofer.goroutine.B, ''",
        "gofer.runtime.watch.A, gofer.runtime.lock.B, ''",
        "gofer.group.A, gofer.context.B, ''",
        "gofer.group.A, gofer.runtime.park.World, ''",
        "gofer.Go, gofer.runtime.program.B, ''",
    })
    void floorsDecideWhetherAnEdgeIsAllowed(String from, String to, String why) {
        ClassDesc used = ClassDesc.of(to);
        byte[] bytes =
                ClassFile.of()
                        .build(
                                ClassDesc.of(from),
                                c -> c.withMethod("f", MethodTypeDesc.of(used.arrayType()), ACC_PUBLIC, m -> {}));
        var found = Floors.violations(List.of(bytes), Set.of("gofer", "gofer.chan", "gofer.context"));
        if (why.isEmpty()) assertThat(found).isEmpty();
        else assertThat(found).containsExactly(from + " -> " + used.packageName() + ": " + why);
    }

    @Test
    void packageMustBeOnAFloor() {
        byte[] bytes = ClassFile.of().build(ClassDesc.of("gofer.util.A"), c -> {});
        assertThat(Floors.violations(List.of(bytes), Set.of()))
                .containsExactly("gofer.util.A: its package is on no floor");
    }
}
