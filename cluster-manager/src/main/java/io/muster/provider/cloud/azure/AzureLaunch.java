package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.Launch;
import io.muster.spec.AddressChoice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One machine: its public address, its network card, then itself with its disk. Names come from the token of the
 * launch, so the same launch again makes nothing twice; all parts go with the machine.
 */
final class AzureLaunch {
    private static final Duration PART = Duration.ofMinutes(3);
    private static final long GIB = 1L << 30;
    /** Of Azure, for the name of a Linux machine. */
    private static final int MAX_NAME = 64;

    private static final int OF_TOKEN = 12;
    private static final Map<String, String> GOES_WITH_MACHINE = Map.of("deleteOption", "Delete");
    /** The user that Azure insists on; Muster's own comes with the user data. */
    private static final String ADMIN = "azureuser";

    private final ArmClient client;
    private final AzureImages images;
    private final String region;
    private final Launch launch;
    private final String group;
    private final String base;

    AzureLaunch(ArmClient client, AzureImages images, String region, Launch launch) {
        this.client = client;
        this.images = images;
        this.region = region;
        this.launch = launch;
        this.group = group(launch.pieces().securityGroup());
        String token =
                launch.token().substring(0, Math.min(OF_TOKEN, launch.token().length()));
        String name = launch.name().toLowerCase(Locale.ROOT);
        this.base = name.substring(0, Math.min(name.length(), MAX_NAME - OF_TOKEN - 1)) + "-" + token;
    }

    private static String group(String id) {
        return id.replaceFirst("^.*/resourceGroups/", "").replaceFirst("/.*$", "");
    }

    /** Makes all and answers without waiting for the machine. */
    String run() throws CloudFailure {
        Optional<AzureImages.Plan> plan = images.plan(launch.image());
        Optional<String> address = Optional.empty();
        if (launch.where().address() == AddressChoice.PUBLIC) {
            address = Optional.of(make(ArmKind.ADDRESS, address()));
        }
        String card = make(ArmKind.CARD, card(address));
        client.create(id(ArmKind.MACHINE), ArmKind.MACHINE.version(), machine(card, plan));
        return AzureMachines.id(group, base);
    }

    private String make(ArmKind kind, Map<String, ?> body) throws CloudFailure {
        client.make(id(kind), kind.version(), body, PART);
        return id(kind);
    }

    private String id(ArmKind kind) {
        return client.id(kind, group, base + kind.suffix());
    }

    private Map<String, Object> resource(Map<String, ?> properties) {
        Map<String, Object> body = new HashMap<>();
        body.put("location", region);
        body.put("tags", launch.tags());
        body.put("properties", properties);
        return body;
    }

    private List<String> zones() {
        return launch.where().zone().map(zone -> List.of(zone(zone))).orElse(List.of());
    }

    /** Azure counts the zones of a region; {@code westeurope-1} is understood too. */
    private static String zone(String said) {
        return said.replaceFirst("^.*-", "");
    }

    private Map<String, ?> address() {
        Map<String, Object> body = resource(Map.of(
                "publicIPAllocationMethod", "Static", "publicIPAddressVersion", "IPv4", "deleteOption", "Delete"));
        body.put("sku", Map.of("name", "Standard"));
        if (!zones().isEmpty()) {
            body.put("zones", zones());
        }
        return body;
    }

    private Map<String, ?> card(Optional<String> address) {
        Map<String, Object> ip = new HashMap<>();
        ip.put("primary", true);
        ip.put("privateIPAllocationMethod", "Dynamic");
        ip.put("subnet", Map.of("id", launch.pieces().subnet().orElseThrow()));
        ip.put(
                "applicationSecurityGroups",
                List.of(Map.of("id", client.id(ArmKind.MEMBERS, group, AzureNetwork.NAME))));
        address.ifPresent(id -> ip.put("publicIPAddress", Map.of("id", id, "properties", GOES_WITH_MACHINE)));
        return resource(Map.of(
                "networkSecurityGroup",
                Map.of("id", launch.pieces().securityGroup()),
                "enableAcceleratedNetworking",
                AzureCatalogue.hasFastNetwork(launch.type()),
                "ipConfigurations",
                List.of(Map.of("name", "primary", "properties", ip))));
    }

    private Map<String, ?> machine(String card, Optional<AzureImages.Plan> plan) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("hardwareProfile", Map.of("vmSize", launch.type()));
        properties.put(
                "storageProfile", Map.of("imageReference", AzureImages.reference(launch.image()), "osDisk", disk()));
        properties.put("osProfile", system());
        Map<String, Object> primary = new HashMap<>(GOES_WITH_MACHINE);
        primary.put("primary", true);
        properties.put(
                "networkProfile", Map.of("networkInterfaces", List.of(Map.of("id", card, "properties", primary))));
        if (launch.billing() == Launch.Billing.SPOT) {
            properties.put("priority", "Spot");
            properties.put("evictionPolicy", "Delete");
            // Never more than the price on demand.
            properties.put("billingProfile", Map.of("maxPrice", -1));
        }
        launch.pieces().placementGroup().ifPresent(id -> properties.put("proximityPlacementGroup", Map.of("id", id)));
        Map<String, Object> body = resource(properties);
        if (!zones().isEmpty()) {
            body.put("zones", zones());
        }
        plan.ifPresent(one ->
                body.put("plan", Map.of("name", one.name(), "product", one.product(), "publisher", one.publisher())));
        return body;
    }

    private Map<String, ?> disk() {
        Map<String, Object> disk = new HashMap<>(GOES_WITH_MACHINE);
        disk.put("name", base + ArmKind.DISK.suffix());
        disk.put("createOption", "FromImage");
        disk.put("caching", "ReadWrite");
        disk.put("managedDisk", Map.of("storageAccountType", "StandardSSD_LRS"));
        if (launch.diskBytes().isPresent()) {
            disk.put("diskSizeGB", (launch.diskBytes().getAsLong() + GIB - 1) / GIB);
        }
        return disk;
    }

    private Map<String, ?> system() {
        return Map.of(
                "computerName",
                launch.name(),
                "adminUsername",
                ADMIN,
                "customData",
                Base64.getEncoder()
                        .encodeToString(launch.firstBoot().cloudConfig().getBytes(StandardCharsets.UTF_8)),
                "linuxConfiguration",
                Map.of(
                        "disablePasswordAuthentication",
                        true,
                        "ssh",
                        Map.of(
                                "publicKeys",
                                List.of(Map.of(
                                        "path",
                                        "/home/" + ADMIN + "/.ssh/authorized_keys",
                                        "keyData",
                                        launch.pieces().keyPair())))));
    }
}
