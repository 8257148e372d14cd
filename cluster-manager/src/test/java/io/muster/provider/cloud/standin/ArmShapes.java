package io.muster.provider.cloud.standin;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the REST reference of each type lets a request to create it hold, as far as nodes need it: one property a line,
 * lists without their numbers, those that must be there (where what they are in is there) with an exclamation mark.
 */
final class ArmShapes {
    private static final String COMPUTE = "2024-07-01";
    private static final String NETWORK = "2024-05-01";

    private static final Map<String, Shape> SHAPES = Map.of(
            "microsoft.compute/virtualmachines",
            shape(COMPUTE, """
                    location! zones plan.name! plan.product! plan.publisher!
                    properties.hardwareProfile.vmSize!
                    properties.storageProfile.imageReference.id
                    properties.storageProfile.imageReference.publisher
                    properties.storageProfile.imageReference.offer
                    properties.storageProfile.imageReference.sku
                    properties.storageProfile.imageReference.version
                    properties.storageProfile.imageReference.communityGalleryImageId
                    properties.storageProfile.osDisk.createOption!
                    properties.storageProfile.osDisk.name
                    properties.storageProfile.osDisk.caching
                    properties.storageProfile.osDisk.diskSizeGB
                    properties.storageProfile.osDisk.deleteOption
                    properties.storageProfile.osDisk.managedDisk.storageAccountType
                    properties.osProfile.computerName!
                    properties.osProfile.adminUsername!
                    properties.osProfile.customData
                    properties.osProfile.linuxConfiguration.disablePasswordAuthentication
                    properties.osProfile.linuxConfiguration.ssh.publicKeys.path!
                    properties.osProfile.linuxConfiguration.ssh.publicKeys.keyData!
                    properties.networkProfile.networkInterfaces.id!
                    properties.networkProfile.networkInterfaces.properties.primary
                    properties.networkProfile.networkInterfaces.properties.deleteOption
                    properties.priority properties.evictionPolicy properties.billingProfile.maxPrice
                    properties.proximityPlacementGroup.id!
                    """),
            "microsoft.compute/disks",
            shape("2024-03-02", "location!"),
            "microsoft.compute/proximityplacementgroups",
            shape(COMPUTE, "location! zones properties.proximityPlacementGroupType"),
            "microsoft.network/networkinterfaces",
            shape(NETWORK, """
                    location!
                    properties.networkSecurityGroup.id!
                    properties.enableAcceleratedNetworking
                    properties.ipConfigurations.name!
                    properties.ipConfigurations.properties.primary
                    properties.ipConfigurations.properties.privateIPAllocationMethod
                    properties.ipConfigurations.properties.subnet.id!
                    properties.ipConfigurations.properties.publicIPAddress.id!
                    properties.ipConfigurations.properties.publicIPAddress.properties.deleteOption
                    properties.ipConfigurations.properties.applicationSecurityGroups.id!
                    """),
            "microsoft.network/publicipaddresses",
            shape(NETWORK, """
                    location! zones sku.name sku.tier
                    properties.publicIPAllocationMethod properties.publicIPAddressVersion properties.deleteOption
                    """),
            "microsoft.network/networksecuritygroups",
            shape(NETWORK, """
                    location!
                    properties.securityRules.name!
                    properties.securityRules.properties.priority!
                    properties.securityRules.properties.direction!
                    properties.securityRules.properties.access!
                    properties.securityRules.properties.protocol!
                    properties.securityRules.properties.sourcePortRange
                    properties.securityRules.properties.destinationPortRange
                    properties.securityRules.properties.sourceAddressPrefix
                    properties.securityRules.properties.sourceAddressPrefixes
                    properties.securityRules.properties.destinationAddressPrefix
                    properties.securityRules.properties.sourceApplicationSecurityGroups.id!
                    properties.securityRules.properties.destinationApplicationSecurityGroups.id!
                    """),
            "microsoft.network/applicationsecuritygroups",
            shape(NETWORK, "location!"),
            "microsoft.network/virtualnetworks",
            shape(NETWORK, """
                    location!
                    properties.addressSpace.addressPrefixes!
                    properties.subnets.name!
                    properties.subnets.properties.addressPrefix!
                    """));

    private ArmShapes() {}

    private record Shape(String version, BodyShape body) {}

    private static Shape shape(String version, String text) {
        return new Shape(version, BodyShape.of(text, "tags"));
    }

    static boolean knows(String type) {
        return SHAPES.containsKey(type.toLowerCase(Locale.ROOT));
    }

    private static Shape of(String type) throws CallRefusal {
        Shape shape = SHAPES.get(type.toLowerCase(Locale.ROOT));
        if (shape == null) {
            throw new CallRefusal(404, "InvalidResourceType", "The resource type '" + type + "' could not be found.");
        }
        return shape;
    }

    static void checkVersion(String type, String version) throws CallRefusal {
        if (!of(type).version().equals(version)) {
            throw new CallRefusal(
                    400,
                    "NoRegisteredProviderFound",
                    "No registered resource provider found for API version '" + version + "' for type '" + type
                            + "'. The supported api-versions are '" + of(type).version() + "'.");
        }
    }

    /** Whether a request to create may look like that. */
    static void checkBody(String type, JsonNode body) throws CallRefusal {
        if (!body.isObject()) {
            throw new CallRefusal(400, "InvalidRequestContent", "The request content was invalid.");
        }
        BodyShape shape = of(type).body();
        Optional<String> unknown = shape.unknown(body);
        if (unknown.isPresent()) {
            throw new CallRefusal(
                    400, "InvalidRequestContent", "Could not find member '" + unknown.get() + "' on the object.");
        }
        Optional<String> missing = shape.missing(body);
        if (missing.isPresent()) {
            throw missing.get().equals("location")
                    ? new CallRefusal(400, "LocationRequired", "The location property is required.")
                    : new CallRefusal(
                            400, "InvalidParameter", "Required parameter '" + missing.get() + "' is missing (null).");
        }
    }
}
