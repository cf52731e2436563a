package mx.refahub.domain.fiscal;

import static mx.refahub.domain.fiscal.TaxRegime.R601;
import static mx.refahub.domain.fiscal.TaxRegime.R603;
import static mx.refahub.domain.fiscal.TaxRegime.R605;
import static mx.refahub.domain.fiscal.TaxRegime.R606;
import static mx.refahub.domain.fiscal.TaxRegime.R607;
import static mx.refahub.domain.fiscal.TaxRegime.R608;
import static mx.refahub.domain.fiscal.TaxRegime.R610;
import static mx.refahub.domain.fiscal.TaxRegime.R611;
import static mx.refahub.domain.fiscal.TaxRegime.R612;
import static mx.refahub.domain.fiscal.TaxRegime.R614;
import static mx.refahub.domain.fiscal.TaxRegime.R615;
import static mx.refahub.domain.fiscal.TaxRegime.R616;
import static mx.refahub.domain.fiscal.TaxRegime.R620;
import static mx.refahub.domain.fiscal.TaxRegime.R621;
import static mx.refahub.domain.fiscal.TaxRegime.R622;
import static mx.refahub.domain.fiscal.TaxRegime.R623;
import static mx.refahub.domain.fiscal.TaxRegime.R624;
import static mx.refahub.domain.fiscal.TaxRegime.R625;
import static mx.refahub.domain.fiscal.TaxRegime.R626;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** SAT's c_UsoCFDI for CFDI 4.0 as far as a sale can have them: what the customer will do with the invoice, by who the customer is. */
public enum CfdiUse {
    G01("Adquisición de mercancías", Kind.TRADE),
    G02("Devoluciones, descuentos o bonificaciones", Kind.TRADE_OR_NONE),
    G03("Gastos en general", Kind.TRADE),
    I01("Construcciones", Kind.TRADE),
    I02("Mobiliario y equipo de oficina por inversiones", Kind.TRADE),
    I03("Equipo de transporte", Kind.TRADE),
    I04("Equipo de computo y accesorios", Kind.TRADE),
    I05("Dados, troqueles, moldes, matrices y herramental", Kind.TRADE),
    I06("Comunicaciones telefónicas", Kind.TRADE),
    I07("Comunicaciones satelitales", Kind.TRADE),
    I08("Otra maquinaria y equipo", Kind.TRADE),
    D01("Honorarios médicos, dentales y gastos hospitalarios", Kind.DEDUCTION),
    D02("Gastos médicos por incapacidad o discapacidad", Kind.DEDUCTION),
    D03("Gastos funerales", Kind.DEDUCTION),
    D04("Donativos", Kind.DEDUCTION),
    D05("Intereses reales efectivamente pagados por créditos hipotecarios (casa habitación)", Kind.DEDUCTION),
    D06("Aportaciones voluntarias al SAR", Kind.DEDUCTION),
    D07("Primas por seguros de gastos médicos", Kind.DEDUCTION),
    D08("Gastos de transportación escolar obligatoria", Kind.DEDUCTION),
    D09("Depósitos en cuentas para el ahorro, primas que tengan como base planes de pensiones", Kind.DEDUCTION),
    D10("Pagos por servicios educativos (colegiaturas)", Kind.DEDUCTION),
    S01("Sin efectos fiscales", Kind.ANY);

    /** Uses that the same regimes may choose. All of them are for people, some for companies too. */
    private enum Kind {
        TRADE(true, R601, R603, R606, R612, R620, R621, R622, R623, R624, R625, R626),
        TRADE_OR_NONE(true, R601, R603, R606, R612, R616, R620, R621, R622, R623, R624, R625, R626),
        DEDUCTION(false, R605, R606, R607, R608, R611, R612, R614, R615, R625),
        ANY(
                true, R601, R603, R605, R606, R607, R608, R610, R611, R612, R614, R615, R616, R620, R621, R622, R623,
                R624, R625, R626);

        private final boolean company;
        private final Set<TaxRegime> regimes;

        Kind(boolean company, TaxRegime first, TaxRegime... others) {
            this.company = company;
            this.regimes = EnumSet.of(first, others);
        }
    }

    private final String text;
    private final Kind kind;

    CfdiUse(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    public String text() {
        return text;
    }

    public boolean isFor(Rfc rfc, TaxRegime regime) {
        return (!rfc.isCompany() || kind.company) && kind.regimes.contains(regime);
    }

    public Set<TaxRegime> regimes() {
        return EnumSet.copyOf(kind.regimes);
    }

    public boolean isForCompanies() {
        return kind.company;
    }

    public static Optional<CfdiUse> of(String code) {
        return Arrays.stream(values()).filter(use -> use.name().equals(code)).findFirst();
    }
}
