package io.muster.provider.cloud.standin;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Looking things up in an answer of EC2. */
final class Xml {
    private Xml() {}

    static Element root(String text) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(text, e);
        }
    }

    /** The members of the first list of this name, wherever it is. */
    static List<Element> items(Element root, String list) {
        List<Element> found = new ArrayList<>();
        var lists = root.getElementsByTagName(list);
        for (int i = 0; i < lists.getLength(); i++) {
            for (Node node = lists.item(i).getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element item && item.getNodeName().equals("item")) {
                    found.add(item);
                }
            }
        }
        return found;
    }

    /** The text of the first element of this name below; empty when there is none. */
    static String text(Element root, String name) {
        var found = root.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
