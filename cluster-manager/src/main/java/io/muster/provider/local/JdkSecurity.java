package io.muster.provider.local;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/** Makes MINA SSHD use the cryptography of the JDK and nothing else; loaded by MINA by its name. */
public final class JdkSecurity extends AbstractSecurityProviderRegistrar {

    /** Called by MINA; everybody else calls {@link #use}. */
    public JdkSecurity() {
        // the name under which MINA asks for Ed25519 first
        super(SecurityUtils.EDDSA);
    }

    /** To be called before any other class of MINA is used. */
    static void use() {
        System.setProperty(SecurityUtils.SECURITY_PROVIDER_REGISTRARS, JdkSecurity.class.getName());
    }

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public boolean isSupported() {
        return true;
    }

    @Override
    public Provider getSecurityProvider() {
        return Security.getProvider("SunEC");
    }

    /** None by default: MINA asks the JDK's own order of providers. */
    @Override
    public String getDefaultSecurityEntitySupportValue(Class<?> entityType) {
        return "";
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
        return Optional.of(new JdkEd25519());
    }
}
