package org.cairndns.perf.plot;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** An SVG document as a reader of XML sees it. */
final class Picture {
    private final Document document;

    private Picture(Document document) {
        this.document = document;
    }

    static Picture of(String svg) throws Exception {
        return new Picture(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg))));
    }

    List<String> texts() {
        return elements("text").stream().map(Element::getTextContent).toList();
    }

    List<Double> numbers(String element, String attribute) {
        return elements(element).stream()
                .map(each -> Double.valueOf(each.getAttribute(attribute)))
                .toList();
    }

    List<String> attributes(String element, String attribute) {
        return elements(element).stream()
                .map(each -> each.getAttribute(attribute))
                .toList();
    }

    private List<Element> elements(String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
