namespace NewsHub.Web.Options;

/// <summary>Where things are, as far as it was set; what holds otherwise is <c>Setup/Folders.cs</c>.</summary>
public sealed class FolderOptions
{
    [Setting("Data:Folder", "all that the program writes: store, pictures, keys", Otherwise = "`data/` at the repository's root")]
    public string? Data { get; init; }

    [Setting("Content:Folder", "what the first start imports", Otherwise = "`content/` at the repository's root")]
    public string? Content { get; init; }

    [Setting("Assets:Folder", "style sheets, scripts and fonts; only tests need others", Otherwise = "`wwwroot/` beside the program")]
    public string? Assets { get; init; }
}
