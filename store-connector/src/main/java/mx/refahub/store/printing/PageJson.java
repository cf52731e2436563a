package mx.refahub.store.printing;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.device.Label;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.device.Printout.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Pages and labels as they wait on disk. */
final class PageJson {
    private final JsonMapper json;

    PageJson(JsonMapper json) {
        this.json = json;
    }

    private record JsonElement(
            String is, @Nullable String text, @Nullable String right, boolean centered, boolean bold) {
        static JsonElement of(String is, @Nullable String text) {
            return new JsonElement(is, text, null, false, false);
        }

        String words() {
            return text == null ? "" : text;
        }
    }

    private record JsonPage(String title, List<JsonElement> elements) {}

    private record JsonLabel(
            Label.Design design,
            String lineCode,
            String number,
            String name,
            String barcode,
            String price,
            String location) {}

    String page(Printout printout) {
        List<JsonElement> elements = new ArrayList<>();
        for (Element element : printout.elements())
            elements.add(
                    switch (element) {
                        case Element.Text(String text, boolean centered, boolean bold) ->
                            new JsonElement("text", text, null, centered, bold);
                        case Element.Title(String text) -> JsonElement.of("title", text);
                        case Element.Pair(String left, String right, boolean bold) ->
                            new JsonElement("pair", left, right, false, bold);
                        case Element.Rule() -> JsonElement.of("rule", null);
                        case Element.Blank() -> JsonElement.of("blank", null);
                        case Element.Qr(String content) -> JsonElement.of("qr", content);
                        case Element.Code(PaperBarcode code) -> JsonElement.of("code", code.content());
                    });
        return json.writeValueAsString(new JsonPage(printout.title(), elements));
    }

    Printout page(String text) {
        JsonPage page = json.readValue(text, JsonPage.class);
        List<Element> elements = new ArrayList<>();
        for (JsonElement element : page.elements())
            elements.add(
                    switch (element.is()) {
                        case "text" -> new Element.Text(element.words(), element.centered(), element.bold());
                        case "title" -> new Element.Title(element.words());
                        case "pair" ->
                            new Element.Pair(
                                    element.words(), element.right() == null ? "" : element.right(), element.bold());
                        case "rule" -> new Element.Rule();
                        case "blank" -> new Element.Blank();
                        case "qr" -> new Element.Qr(element.words());
                        case "code" -> new Element.Code(PaperBarcode.of(element.words()));
                        default -> throw new IllegalArgumentException("no page has a " + element.is());
                    });
        return new Printout(page.title(), elements);
    }

    String label(Label label) {
        return json.writeValueAsString(new JsonLabel(
                label.design(),
                label.lineCode(),
                label.number(),
                label.name(),
                label.barcode(),
                label.price(),
                label.location()));
    }

    Label label(String text) {
        JsonLabel label = json.readValue(text, JsonLabel.class);
        return new Label(
                label.design(),
                label.lineCode(),
                label.number(),
                label.name(),
                label.barcode(),
                label.price(),
                label.location());
    }
}
