package io.muster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramCommandTest {
    @TempDir
    private Path folder;

    private List<String> line(Program program, String... jvmOptions) throws IOException {
        return ProgramCommand.of(program, MpiLibrary.MUSTER, List.of(jvmOptions), folder);
    }

    @Test
    void a_class_runs_with_the_runtime_first_on_its_class_path() throws IOException {
        List<String> line = line(new Program.MainClass("org.example.Main", List.of("a:b/*"), List.of("1", "2")));
        assertThat(line).endsWith("org.example.Main", "1", "2").contains("-XX:+UseSerialGC");
        assertThat(line.get(line.indexOf("-cp") + 1).split(":"))
                .hasSize(3)
                .endsWith(folder.resolve("a").toString(), folder.resolve("b") + "/*");
    }

    @Test
    void a_collector_that_the_user_names_is_the_only_one() throws IOException {
        Program program = new Program.MainClass("Main", List.of("."), List.of());
        assertThat(line(program, "-XX:+UseZGC")).contains("-XX:+UseZGC").doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void a_heap_without_room_for_the_objects_of_the_cache_goes_without_the_cache() {
        for (String small :
                List.of("-Xmx8m", "-Xms2048k", "-Xmn1m", "-XX:MaxHeapSize=8m", "-XX:InitialRAMPercentage=1")) {
            assertThat(HeapOptions.leaveRoomForCache(List.of("-ea", small)))
                    .as(small)
                    .isFalse();
        }
        for (String fine : List.of("-Xmx16m", "-Xms1g", "-Xmx1T", "-XX:+UseZGC", "-Dx=Heap", "-Xss1m")) {
            assertThat(HeapOptions.leaveRoomForCache(List.of("-ea", fine)))
                    .as(fine)
                    .isTrue();
        }
        assertThat(HeapOptions.sayHowLarge(List.of("-ea", "-Xmx2g"))).isTrue();
        assertThat(HeapOptions.sayHowLarge(List.of("-ea"))).isFalse();
    }

    @Test
    void a_jar_brings_its_main_class_and_what_it_opens() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "org.example.Main");
        manifest.getMainAttributes().putValue("Add-Opens", "java.base/java.lang java.base/java.util");
        Path jar = folder.resolve("x.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        assertThat(line(new Program.Jar("x.jar", List.of(), List.of("-v"))))
                .contains("--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED")
                .endsWith("org.example.Main", "-v");
    }

    @Test
    void what_is_not_there_is_named() {
        assertThatThrownBy(() -> line(new Program.Jar("y.jar", List.of(), List.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("y.jar is not there");
        assertThatThrownBy(() -> line(new Program.Command("./solver", List.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("solver is not there");
    }
}
