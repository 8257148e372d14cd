package io.muster.provider.cloud.ec2;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of one call of the EC2 query API, flattened as it wants them: {@code Filter.1.Value.2=…}. Not
 * thread-safe. Its text leaves values out: user data is a secret.
 */
final class Query {
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private int filters;
    private int taggings;

    private Query(String action) {
        parameters.put("Action", action);
    }

    static Query of(String action) {
        return new Query(action);
    }

    String action() {
        return parameters.getOrDefault("Action", "");
    }

    Query with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    Query with(String name, Collection<String> values) {
        int number = 0;
        for (String value : values) {
            number++;
            parameters.put(name + "." + number, value);
        }
        return this;
    }

    Query filter(String name, Collection<String> values) {
        filters++;
        parameters.put("Filter." + filters + ".Name", name);
        return with("Filter." + filters + ".Value", values);
    }

    Query filter(String name, String value) {
        return filter(name, List.of(value));
    }

    /** Tags that the resource gets in the call that creates it. */
    Query tagged(String resourceType, Map<String, String> tags) {
        taggings++;
        String prefix = "TagSpecification." + taggings;
        parameters.put(prefix + ".ResourceType", resourceType);
        int number = 0;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            number++;
            parameters.put(prefix + ".Tag." + number + ".Key", tag.getKey());
            parameters.put(prefix + ".Tag." + number + ".Value", tag.getValue());
        }
        return this;
    }

    Map<String, String> parameters() {
        return Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return action();
    }
}
