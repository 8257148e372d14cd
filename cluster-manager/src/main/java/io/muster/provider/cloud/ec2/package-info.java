/** Amazon EC2 and what speaks its query API. Settings come from where the AWS tools keep theirs. */
@NullMarked
package io.muster.provider.cloud.ec2;

import org.jspecify.annotations.NullMarked;
