package mx.refahub.domain.fiscal;

import java.util.Arrays;
import java.util.Optional;

/** SAT's c_RegimenFiscal for CFDI 4.0: who may have which. */
public enum TaxRegime {
    R601("General de Ley Personas Morales", false, true),
    R603("Personas Morales con Fines no Lucrativos", false, true),
    R605("Sueldos y Salarios e Ingresos Asimilados a Salarios", true, false),
    R606("Arrendamiento", true, false),
    R607("Régimen de Enajenación o Adquisición de Bienes", true, false),
    R608("Demás ingresos", true, false),
    R610("Residentes en el Extranjero sin Establecimiento Permanente en México", true, true),
    R611("Ingresos por Dividendos (socios y accionistas)", true, false),
    R612("Personas Físicas con Actividades Empresariales y Profesionales", true, false),
    R614("Ingresos por intereses", true, false),
    R615("Régimen de los ingresos por obtención de premios", true, false),
    R616("Sin obligaciones fiscales", true, false),
    R620("Sociedades Cooperativas de Producción que optan por diferir sus ingresos", false, true),
    R621("Incorporación Fiscal", true, false),
    R622("Actividades Agrícolas, Ganaderas, Silvícolas y Pesqueras", false, true),
    R623("Opcional para Grupos de Sociedades", false, true),
    R624("Coordinados", false, true),
    R625("Régimen de las Actividades Empresariales con ingresos a través de Plataformas Tecnológicas", true, false),
    R626("Régimen Simplificado de Confianza", true, true);

    private final String text;
    private final boolean person;
    private final boolean company;

    TaxRegime(String text, boolean person, boolean company) {
        this.text = text;
        this.person = person;
        this.company = company;
    }

    /** Three digits. */
    public String code() {
        return name().substring(1);
    }

    public String text() {
        return text;
    }

    public boolean isFor(Rfc rfc) {
        return rfc.isGeneric() ? this == R616 : rfc.isCompany() ? company : person;
    }

    public boolean isForPeople() {
        return person;
    }

    public boolean isForCompanies() {
        return company;
    }

    public static Optional<TaxRegime> of(String code) {
        return Arrays.stream(values())
                .filter(regime -> regime.code().equals(code))
                .findFirst();
    }
}
