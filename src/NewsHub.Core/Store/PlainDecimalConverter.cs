using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NewsHub.Core.Store;

/// <summary>A number with as many digits behind the point as it needs, one at least, as SQLite's driver keeps it: PostgreSQL keeps those of
/// a calculation (1548.2150), which would then be printed.</summary>
internal sealed class PlainDecimalConverter() : ValueConverter<decimal, decimal>(v => Plain(v), v => v)
{
    internal static decimal Plain(decimal value) => decimal.Parse(
        value.ToString("0.0###########################", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
