package io.muster.provider.cloud.standin;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Azure checks beyond the shape of a request: references, what is in use, values that go together. */
final class ArmRules {
    static final String MACHINE = "Microsoft.Compute/virtualMachines";
    static final String DISK = "Microsoft.Compute/disks";
    static final String PLACEMENT = "Microsoft.Compute/proximityPlacementGroups";
    static final String CARD = "Microsoft.Network/networkInterfaces";
    static final String ADDRESS = "Microsoft.Network/publicIPAddresses";
    static final String RULES = "Microsoft.Network/networkSecurityGroups";
    static final String MEMBERS = "Microsoft.Network/applicationSecurityGroups";
    static final String NETWORK = "Microsoft.Network/virtualNetworks";

    /** Sizes that this Azure has. */
    static final Set<String> SIZES = Set.of("Standard_D2as_v5", "Standard_D4as_v5", "Standard_D2s_v5");

    static final Set<String> LOCATIONS = Set.of("westeurope", "northeurope", "eastus");

    /** Images by their URN without version; the value is the plan that must be bought. */
    static final Map<String, Optional<String>> IMAGES = Map.of(
            "Debian:debian-12:12-gen2", Optional.empty(),
            "Canonical:ubuntu-24_04-lts:server", Optional.empty(),
            "resf:rockylinux-x86_64:9-base", Optional.of("9-base"));

    static final List<String> VERSIONS = List.of("0.20240901.1857", "0.20260112.2355", "0.20251006.2257");

    private static final Map<String, String> IN_USE = Map.of(
            ADDRESS, "PublicIPAddressCannotBeDeleted",
            RULES, "InUseNetworkSecurityGroupCannotBeDeleted",
            MEMBERS, "InUseApplicationSecurityGroupCannotBeDeleted",
            NETWORK, "InUseSubnetCannotBeDeleted",
            CARD, "NicInUse",
            DISK, "OperationNotAllowed",
            PLACEMENT, "OperationNotAllowed");

    private final ArmStore store;

    ArmRules(ArmStore store) {
        this.store = store;
    }

    void checkTags(JsonNode tags) throws CallRefusal {
        if (tags.size() > 50) {
            throw new CallRefusal(400, "InvalidTagCount", "The number of tags exceeds 50.");
        }
        for (Map.Entry<String, JsonNode> tag : tags.properties()) {
            if (tag.getKey().length() > 512 || tag.getKey().matches(".*[<>%&\\\\?/].*")) {
                throw new CallRefusal(
                        400, "InvalidTagNameCharacters", "The tag name '" + tag.getKey() + "' is invalid.");
            }
            if (!tag.getValue().isString() || tag.getValue().asString("").length() > 256) {
                throw new CallRefusal(
                        400, "InvalidTagValueLength", "The value of tag " + tag.getKey() + " is too long.");
            }
        }
    }

    void checkLocation(String location) throws CallRefusal {
        if (!LOCATIONS.contains(location)) {
            throw new CallRefusal(
                    400,
                    "LocationNotAvailableForResourceType",
                    "The provided location '" + location + "' is not available.");
        }
    }

    void checkCreation(ArmResource made) throws CallRefusal {
        for (String id : made.references()) {
            if (made.is(MACHINE) && id.contains("/images/")) {
                continue;
            }
            String found = id.replaceFirst("/subnets/[^/]*$", "");
            ArmResource other = store.find(found)
                    .orElseThrow(() -> new CallRefusal(
                            400,
                            "InvalidResourceReference",
                            "Resource " + id + " referenced by resource " + made.id + " was not found."));
            if (!found.equals(id) && !hasSubnet(other, id.substring(id.lastIndexOf('/') + 1))) {
                throw new CallRefusal(400, "InvalidResourceReference", "Subnet " + id + " was not found.");
            }
            if (!other.state.equals("Succeeded")) {
                throw new CallRefusal(
                        409,
                        "ReferencedResourceNotProvisioned",
                        "Resource " + id + " used by " + made.id + " is not in Succeeded state.");
            }
        }
        if (made.is(CARD)) {
            checkCard(made);
        } else if (made.is(MACHINE)) {
            checkMachine(made);
        } else if (made.is(ADDRESS)
                && made.body.path("sku").path("name").asString("").equals("Standard")
                && !made.properties()
                        .path("publicIPAllocationMethod")
                        .asString("")
                        .equals("Static")) {
            throw new CallRefusal(
                    400,
                    "StandardSkuPublicIPAddressMustBeStatic",
                    "Standard sku publicIp " + made.id + " must be static.");
        }
    }

    static boolean hasSubnet(ArmResource network, String name) {
        for (JsonNode subnet : network.properties().path("subnets")) {
            if (subnet.path("name").asString("").equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private void checkCard(ArmResource card) throws CallRefusal {
        if (card.properties().path("ipConfigurations").isEmpty()) {
            throw new CallRefusal(
                    400, "NetworkInterfaceMustHaveAtLeastOneIpConfiguration", "There is no IP configuration.");
        }
        String address = card.properties()
                .path("ipConfigurations")
                .path(0)
                .path("properties")
                .path("publicIPAddress")
                .path("id")
                .asString("");
        if (!address.isEmpty() && store.users(address, CARD).stream().anyMatch(one -> !one.name.equals(card.name))) {
            throw new CallRefusal(400, "PublicIPAddressInUse", "Resource " + address + " is in use.");
        }
    }

    private void checkMachine(ArmResource machine) throws CallRefusal {
        JsonNode properties = machine.properties();
        String size = properties.path("hardwareProfile").path("vmSize").asString("");
        if (!SIZES.contains(size)) {
            throw bad("The value " + size + " provided for the VM size is not valid. The valid sizes in the current"
                    + " region are: " + String.join(",", SIZES));
        }
        for (JsonNode card : properties.path("networkProfile").path("networkInterfaces")) {
            if (!store.users(card.path("id").asString(""), MACHINE).isEmpty()) {
                throw new CallRefusal(400, "NicInUse", "Network Interface is used by an existing resource.");
            }
        }
        if (properties.path("networkProfile").path("networkInterfaces").isEmpty()) {
            throw bad("Virtual machine must have at least one network interface.");
        }
        checkSystem(properties.path("osProfile"));
        boolean spot = properties.path("priority").asString("").equals("Spot");
        if (!spot && (properties.has("evictionPolicy") || properties.has("billingProfile"))) {
            throw bad("Eviction policy and max price can be set only on Azure Spot Virtual Machines.");
        }
        if (!properties
                        .path("storageProfile")
                        .path("osDisk")
                        .path("createOption")
                        .asString("")
                        .equals("FromImage")
                || properties
                                .path("storageProfile")
                                .path("osDisk")
                                .path("diskSizeGB")
                                .asInt(30)
                        < 30) {
            throw bad("The disk must be made from the image, and be as large as that.");
        }
        checkImage(machine.body, properties.path("storageProfile").path("imageReference"));
    }

    private static void checkSystem(JsonNode system) throws CallRefusal {
        String admin = system.path("adminUsername").asString("");
        if (Set.of("root", "admin", "administrator", "user", "test").contains(admin)) {
            throw bad("The Admin Username specified is not allowed.");
        }
        if (system.path("computerName").asString("").length() > 64) {
            throw bad("Linux host name cannot exceed 64 characters in length.");
        }
        for (JsonNode key : system.path("linuxConfiguration").path("ssh").path("publicKeys")) {
            if (!key.path("path").asString("").equals("/home/" + admin + "/.ssh/authorized_keys")
                    || !key.path("keyData").asString("").matches("ssh-(rsa|ed25519) [A-Za-z0-9+/=]+( .*)?")) {
                throw bad("The value of parameter linuxConfiguration.ssh.publicKeys is invalid.");
            }
        }
        try {
            Base64.getDecoder().decode(system.path("customData").asString(""));
        } catch (IllegalArgumentException e) {
            throw bad("Custom data in OSProfile must be in Base64 encoding.");
        }
    }

    private static void checkImage(JsonNode body, JsonNode image) throws CallRefusal {
        if (image.has("id")) {
            return;
        }
        String name = String.join(
                ":",
                image.path("publisher").asString(""),
                image.path("offer").asString(""),
                image.path("sku").asString(""));
        Optional<String> plan = IMAGES.get(name);
        if (plan == null || !VERSIONS.contains(image.path("version").asString(""))) {
            throw new CallRefusal(404, "PlatformImageNotFound", "The platform image '" + name + "' is not available.");
        }
        if (!plan.orElse("").equals(body.path("plan").path("name").asString(""))) {
            throw new CallRefusal(
                    400,
                    "VMMarketplaceInvalidInput",
                    "Creating a virtual machine from Marketplace image requires Plan information in the request.");
        }
        if (plan.isPresent()) {
            throw new CallRefusal(
                    400,
                    "MarketplacePurchaseEligibilityFailed",
                    "Marketplace purchase eligibilty check returned errors: legal terms have not been accepted.");
        }
    }

    private static CallRefusal bad(String message) {
        return new CallRefusal(400, "InvalidParameter", message);
    }

    void checkRemoval(ArmResource going) throws CallRefusal {
        String code = IN_USE.get(going.type);
        if (code == null) {
            return;
        }
        for (ArmResource other : store.users(going.id, "")) {
            int status = code.equals("OperationNotAllowed") ? 409 : 400;
            String verb = going.is(DISK) ? " is attached to VM " : " is still allocated to resource ";
            throw new CallRefusal(status, code, going.id + verb + other.id + ".");
        }
    }
}
