package io.muster.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.host.SpawnedWorld;
import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.launch.StandardInput;
import io.muster.wireup.LauncherRequest;
import io.muster.wireup.SpawnPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpawnPlanTest {
    private static final JobNode A = new JobNode("a", "10.0.0.1", 1);
    private static final JobNode UNUSED = new JobNode("b", "10.0.0.2", 1);
    private static final JobNode C = new JobNode("c", "10.0.0.3", 1);

    private static JobOrder job(Program program) {
        return new JobOrder(
                "job",
                program,
                List.of(A, UNUSED, C),
                List.of(new RankPlacement(0, 0), new RankPlacement(1, 2)),
                Map.of("NAME", "value"),
                List.of("-Xmx1g"),
                MpiLibrary.MUSTER,
                new StandardInput.OfFile("in"),
                Optional.empty());
    }

    private static SpawnPart part(int ranks, String... hosts) {
        return new SpawnPart(
                new Program.MainClass("Worker", List.of("/parent"), List.of("x")),
                List.of(),
                ranks,
                Optional.empty(),
                List.of(),
                List.of(hosts));
    }

    private static WorldOrder plan(Program program, SpawnPart... parts) {
        return SpawnPlan.of(job(program), 3, 10, new LauncherRequest.Spawn("port", List.of(parts)));
    }

    private static List<Integer> nodes(WorldOrder world) {
        return world.order().placements().stream().map(RankPlacement::nodeIndex).toList();
    }

    @Test
    void ranks_go_round_the_nodes_that_the_job_uses() {
        WorldOrder world = plan(new Program.Command("x", List.of()), part(3), part(2));
        assertThat(nodes(world)).containsExactly(0, 2, 0, 2, 0);
        assertThat(world.order().jobId()).isEqualTo("job.w3");
        assertThat(world.order().environment()).isEqualTo(Map.of("NAME", "value"));
        assertThat(world.order().jvmOptions()).containsExactly("-Xmx1g");
        assertThat(world.order().stdin()).isEqualTo(new StandardInput.Empty());
        assertThat(world.onNode(2).ranks()).containsExactly(1, 3);
    }

    @Test
    void hosts_are_taken_in_turn() {
        assertThat(nodes(plan(new Program.Command("x", List.of()), part(1), part(4, "c", "c", "a"))))
                .containsExactly(0, 2, 2, 0, 2);
    }

    @Test
    void a_host_that_the_job_does_not_use_is_refused_with_those_that_it_does() {
        for (String host : List.of("b", "d")) {
            assertThatThrownBy(() -> plan(new Program.Command("x", List.of()), part(1, host)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + host + "'")
                    .hasMessageContaining("a, c");
        }
    }

    @Test
    void too_many_ranks_are_refused() {
        assertThatThrownBy(() -> plan(new Program.Command("x", List.of()), part(SpawnPlan.MAX_RANKS), part(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        plan(new Program.Command("x", List.of()), part(Integer.MAX_VALUE), part(Integer.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void classes_come_from_the_class_path_of_the_job() {
        assertThat(classPath(new Program.MainClass("Main", List.of("lib/*", "."), List.of())))
                .containsExactly("lib/*", ".");
        assertThat(classPath(new Program.Jar("x.jar", List.of("more"), List.of())))
                .containsExactly("x.jar", "more");
        assertThat(classPath(new Program.Command("java", List.of("Main")))).containsExactly("/parent");
    }

    private static List<String> classPath(Program job) {
        SpawnedWorld world = plan(job, part(1)).spawned().orElseThrow();
        Program.MainClass main = (Program.MainClass) world.parts().getFirst().program();
        assertThat(main.mainClass()).isEqualTo("Worker");
        assertThat(main.arguments()).containsExactly("x");
        return main.classPath();
    }

    @Test
    void a_rank_has_the_program_of_its_part() {
        SpawnedWorld world = new SpawnedWorld("job", "port", List.of(part(2), part(1), part(3)));
        assertThat(world.size()).isEqualTo(6);
        assertThat(List.of(0, 1, 2, 3, 5)).map(world::partOf).containsExactly(0, 0, 1, 2, 2);
        assertThat(world.title()).isEqualTo("Worker");
    }
}
