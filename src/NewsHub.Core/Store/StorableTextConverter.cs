using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NewsHub.Core.Store;

/// <summary>The net under all places where texts enter the paper: on each that goes into the store, or is compared there.</summary>
internal sealed class StorableTextConverter() : ValueConverter<string, string>(v => StorableText.Of(v), v => v);
