-- The stamped invoice that a ticket is in: its own, or the global one of the general public.
create table ticket_invoice (
    sale_id uuid primary key references sale,
    uuid text not null,
    global boolean not null,
    recorded_by text not null,
    recorded_at timestamptz not null
);

-- Credit notes that were stamped: one for each ticket that lines of a sale came back from.
create table credit_note (
    sale_id uuid not null references sale,
    related_sale uuid not null,
    uuid text not null unique,
    recorded_by text not null,
    recorded_at timestamptz not null,
    primary key (sale_id, related_sale)
);

create index sale_line_brings_back on sale_line (sale_id, return_sale) where return_sale is not null;
