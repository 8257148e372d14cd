package io.muster.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Build step: prints the test classes that took longest, so that nobody lets the gate grow unseen. */
public final class SlowestTests {
    private static final int MOST = 20;

    private SlowestTests() {}

    /** What a report says of one test class. */
    private record Suite(String name, double seconds, double slowestSeconds, String slowest) {}

    /** Arguments: root of the project. */
    public static void main(String[] args) throws IOException, ParserConfigurationException, SAXException {
        List<Suite> suites = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(args[0]), 4)) {
            for (Path file : files.filter(SlowestTests::isReport).toList()) {
                suites.add(read(file));
            }
        }
        suites.sort(Comparator.comparingDouble(Suite::seconds).reversed());
        double all = suites.stream().mapToDouble(Suite::seconds).sum();
        System.out.printf(
                Locale.ROOT,
                "%d test classes took %.0f s; the slowest, with their slowest test:%n",
                suites.size(),
                all);
        for (Suite suite : suites.subList(0, Math.min(MOST, suites.size()))) {
            System.out.printf(
                    Locale.ROOT,
                    "%7.1f s  %-28s %6.1f s  %s%n",
                    suite.seconds(),
                    suite.name(),
                    suite.slowestSeconds(),
                    suite.slowest());
        }
    }

    private static boolean isReport(Path file) {
        return file.toString().matches(".*/(surefire|failsafe)-reports/TEST-[^/]*\\.xml");
    }

    private static Suite read(Path file) throws IOException, ParserConfigurationException, SAXException {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        NodeList tests = suite.getElementsByTagName("testcase");
        String slowest = "";
        double slowestSeconds = 0;
        for (int i = 0; i < tests.getLength(); i++) {
            Element test = (Element) tests.item(i);
            if (seconds(test) >= slowestSeconds) {
                slowestSeconds = seconds(test);
                slowest = test.getAttribute("name");
            }
        }
        String name = suite.getAttribute("name");
        return new Suite(name.substring(name.lastIndexOf('.') + 1), seconds(suite), slowestSeconds, slowest);
    }

    /** Thousands are written with a comma. */
    private static double seconds(Element element) {
        String text = element.getAttribute("time").replace(",", "");
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }
}
