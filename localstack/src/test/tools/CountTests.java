import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Adds up the test reports of all modules, prints one line, and names what was skipped and why. */
final class CountTests {

    public static void main(String[] args) throws Exception {
        int tests = 0;
        int failed = 0;
        int skipped = 0;
        for (Path report : reports()) {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            tests += number(suite, "tests");
            failed += number(suite, "failures") + number(suite, "errors");
            skipped += number(suite, "skipped");
            printSkipped(suite);
        }
        System.out.printf("%d passed, %d failed, %d skipped%n", tests - failed - skipped, failed, skipped);
        System.exit(failed == 0 && tests > 0 ? 0 : 1);
    }

    private static List<Path> reports() throws IOException {
        PathMatcher matcher =
                FileSystems.getDefault().getPathMatcher("glob:*/target/surefire-reports/TEST-*.xml");
        try (Stream<Path> files = Files.walk(Path.of(""), 4)) {
            return files.filter(matcher::matches).sorted().toList();
        }
    }

    private static void printSkipped(Element suite) {
        NodeList reasons = suite.getElementsByTagName("skipped");
        for (int i = 0; i < reasons.getLength(); i++) {
            Element reason = (Element) reasons.item(i);
            Element test = (Element) reason.getParentNode();
            System.out.printf("skipped: %s: %s%n", test.getAttribute("name"), text(reason));
        }
    }

    /** A failed assumption says why in the first line of its stack trace, everything else in an attribute. */
    private static String text(Element reason) {
        String message = reason.getAttribute("message");
        if (!message.isEmpty()) {
            return message;
        }
        String firstLine = reason.getTextContent().strip().lines().findFirst().orElse("");
        return firstLine.substring(firstLine.indexOf(": ") + 1).strip();
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }
}
