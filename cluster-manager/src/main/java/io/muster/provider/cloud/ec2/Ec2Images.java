package io.muster.provider.cloud.ec2;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.ImageAlias;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds images, of their makers' own accounts: anybody may publish an image under any name. */
final class Ec2Images {
    private final Ec2Client client;

    Ec2Images(Ec2Client client) {
        this.client = client;
    }

    /**
     * Where an alias is found.
     *
     * @param owner account of the maker, as the maker's site names it
     * @param pattern of the names of its images
     */
    private record Source(String owner, String pattern) {
        static Source of(ImageAlias alias) {
            return switch (alias) {
                case DEBIAN_12 -> new Source("136693071363", "debian-12-amd64-*");
                case UBUNTU_24_04 ->
                    new Source("099720109477", "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*");
                case ROCKY_9 -> new Source("792107900819", "Rocky-9-EC2-Base-9.*.x86_64");
            };
        }
    }

    /** The newest image of an alias, or the id as it is. */
    String find(String image) throws CloudFailure {
        Optional<ImageAlias> alias = ImageAlias.of(image);
        if (alias.isEmpty()) {
            return image;
        }
        Source source = Source.of(alias.get());
        List<Answer> found = client.call(Query.of("DescribeImages")
                        .with("Owner", List.of(source.owner()))
                        .filter("name", source.pattern())
                        .filter("architecture", "x86_64")
                        .filter("state", "available"))
                .items("imagesSet");
        return found.stream()
                .max(Comparator.comparing(one -> one.text("creationDate")))
                .map(one -> one.text("imageId"))
                .orElseThrow(() -> new CloudFailure(
                        CloudFailure.Kind.PERMANENT,
                        "no image " + source.pattern() + " of account " + source.owner()
                                + " there. Name one that is: image: ami-…"));
    }

    /** Name of the root disk of an image. */
    String rootDevice(String id) throws CloudFailure {
        return client.call(Query.of("DescribeImages").with("ImageId", List.of(id))).items("imagesSet").stream()
                .map(image -> image.text("rootDeviceName"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("/dev/xvda");
    }
}
