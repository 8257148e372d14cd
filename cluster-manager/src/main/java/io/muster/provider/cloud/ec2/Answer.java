package io.muster.provider.cloud.ec2;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** One element of an answer in XML. EC2 names lists {@code …Set} and their members {@code item}. */
final class Answer {
    private static final String ITEM = "item";

    private final Element element;

    private Answer(Element element) {
        this.element = element;
    }

    /** Reads a whole document; takes no document type, so that nothing outside of it is looked up. */
    static Answer read(InputStream xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new Answer(builder.parse(xml).getDocumentElement());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java reads XML", e);
        } catch (SAXException e) {
            throw new IOException("the answer is not XML: " + e.getMessage(), e);
        }
    }

    /** The element with this name below this one, a child or deeper along {@code a/b/c}. */
    Optional<Answer> child(String path) {
        Element at = element;
        for (String name : path.split("/")) {
            List<Element> found = children(at, name);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            at = found.getFirst();
        }
        return Optional.of(new Answer(at));
    }

    /** The text of an element below this one; empty when it is not there or blank. */
    String text(String path) {
        return child(path).map(found -> found.element.getTextContent().strip()).orElse("");
    }

    /** The members of a list below this element. */
    List<Answer> items(String path) {
        return child(path).map(set -> answers(children(set.element, ITEM))).orElse(List.of());
    }

    /** All elements of this name below this one, at whatever depth. */
    List<Answer> all(String name) {
        List<Answer> found = new ArrayList<>();
        var nodes = element.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add(new Answer((Element) nodes.item(i)));
        }
        return found;
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        items("tagSet").forEach(tag -> tags.put(tag.text("key"), tag.text("value")));
        return tags;
    }

    private static List<Answer> answers(List<Element> elements) {
        return elements.stream().map(Answer::new).toList();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getNodeName().equals(name)) {
                found.add(child);
            }
        }
        return found;
    }
}
