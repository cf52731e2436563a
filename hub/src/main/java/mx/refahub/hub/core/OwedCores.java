package mx.refahub.hub.core;

/** Old pieces that customers still owe, as parts of a {@code with}. Quantities in thousandths, deposits in centavos. */
public final class OwedCores {
    /** {@code open}: opening deposits of which pieces are still to come, here or with a ticket of their branch; of what is paid back nothing is lost to rounding. */
    public static final String OPEN = """
        open as (
            select o.*, o.quantity - b.quantity as pieces, round(o.quantity * o.unit / 1000.0)::bigint - b.amount as deposit
            from core_opening o
            cross join lateral (
                select coalesce(sum(quantity), 0)::bigint as quantity, coalesce(sum(amount), 0)::bigint as amount
                from (
                    select quantity, amount
                    from core_opening_back
                    where opening_id = o.id
                    union all
                    select -quantity, -total
                    from sale_line
                    where return_line = o.id) came) b
            where o.customer_id is not null
            and o.quantity > b.quantity)
        """;

    /** {@code owed}, after {@link #OPEN}: both those of tickets and of the opening load; {@code name} as the ticket says it, null of the opening load. */
    public static final String OWED = """
        owed as (
            select s.customer_id, nullif(s.customer_name, '') as name, s.store_id, s.business_day as day, l.quantity + b.quantity as pieces,
                l.total + b.total as deposit, cast(l.particulars ->> 'coreUntil' as date) as until
            from sale_line l
            join sale s on s.id = l.sale_id
            cross join lateral (
                select coalesce(sum(quantity), 0)::bigint as quantity, coalesce(sum(total), 0)::bigint as total
                from sale_line
                where return_line = l.id) b
            where l.kind = 'CORE_DEPOSIT'
            and l.particulars ->> 'coreGiven' is distinct from 'NEVER'
            and l.quantity + b.quantity > 0
            union all
            select customer_id, null, store_id, since, pieces, deposit, null
            from open)
        """;

    private OwedCores() {}
}
