package io.muster.provider.cloud.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The filters of lists that the REST reference describes, as far as they are used. */
final class GceFilter {
    private static final Pattern LABEL = Pattern.compile("\\(labels\\.([a-z0-9_-]+) = \"([^\"]*)\"\\)");
    private static final Pattern HAS_LABEL = Pattern.compile("labels\\.([a-z0-9_-]+):\\*");
    private static final Pattern NAME = Pattern.compile("name = \"([^\"]*)\"");
    private static final Pattern NAME_LIKE = Pattern.compile("name eq \"([^\"]*)\"");

    private GceFilter() {}

    static Predicate<JsonNode> of(String text) throws CallRefusal {
        Matcher hasLabel = HAS_LABEL.matcher(text);
        if (text.isEmpty()) {
            return _ -> true;
        }
        if (hasLabel.matches()) {
            return one -> one.path("labels").has(hasLabel.group(1));
        }
        Matcher name = NAME.matcher(text);
        if (name.matches()) {
            return one -> one.path("name").asString("").equals(name.group(1));
        }
        Matcher like = NAME_LIKE.matcher(text);
        if (like.matches()) {
            return one -> one.path("name").asString("").matches(like.group(1));
        }
        List<Predicate<JsonNode>> all = new ArrayList<>();
        for (String part : text.split(" AND ", -1)) {
            Matcher label = LABEL.matcher(part);
            if (!label.matches()) {
                throw GceRules.invalid("filter", text);
            }
            all.add(one -> one.path("labels").path(label.group(1)).asString("").equals(label.group(2)));
        }
        return one -> all.stream().allMatch(each -> each.test(one));
    }
}
